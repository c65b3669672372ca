// A container's environment, in the order in which the kubelet works it off (`makeEnvironmentVariables`, kubernetes/pkg/kubelet).
import type { Env, SecretKey, SecretKeys } from '../../generated/agent-v1.ts';
import type { Container, EnvFromSource, EnvVar, EnvVarSource } from '../../generated/kubernetes.ts';
import { entries, given, ifTrue, text } from './compact.ts';
import { expands } from './expansion.ts';
import { fieldOf } from './fields.ts';
import { resourceValue } from './resources.ts';
import { at, configMapOf, type Scope, secretOf, unchecked } from './scope.ts';

/**
 * `envFrom` first, then `env`; a later name wins, wherever it comes from. Only a `value` is expanded: what comes from a
 * ConfigMap, a Secret or a field is taken as it is. No name is passed over (Kubernetes does so no more): whatever is a
 * key is a name.
 */
export function environmentOf(scope: Scope, container: Container): readonly Env[] {
  return [
    ...(container.envFrom ?? []).flatMap((source) => allOf(scope, source)),
    ...(container.env ?? []).flatMap((variable) => oneOf(scope, container, variable)),
  ];
}

/** All keys of a ConfigMap (its `binaryData` are none), or of a Secret. */
function allOf(scope: Scope, { prefix = '', configMapRef, secretRef }: EnvFromSource): readonly Env[] {
  if (configMapRef !== undefined) {
    return entries(configMapOf(scope, configMapRef)?.data).map(([key, value]) => ({ name: prefix + key, value }));
  }
  if (secretRef === undefined) return [];
  return [
    { secretKeys: given<SecretKeys>({ ...secretOf(scope, secretRef.name), prefix: text(prefix), optional: ifTrue(secretRef.optional) }) },
  ];
}

function oneOf(scope: Scope, container: Container, { name, value = '', valueFrom }: EnvVar): readonly Env[] {
  if (value !== '') return [expands(value) ? { name, expand: value } : { name, value }];
  return valueFrom === undefined ? [{ name, value }] : from(scope, container, valueFrom).map((rest) => ({ name, ...rest }));
}

/** What stands beside the name; nothing where what is referred to may be missing, and is. */
function from(scope: Scope, container: Container, source: EnvVarSource): readonly DistributiveOmit<Env, 'name'>[] {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = source;
  if (fieldRef !== undefined) return [fieldOf(scope, fieldRef.fieldPath)];
  if (resourceFieldRef !== undefined) return [{ value: resourceValue(scope, resourceFieldRef, container) }];
  if (configMapKeyRef !== undefined) {
    const value = at(configMapOf(scope, configMapKeyRef)?.data, configMapKeyRef.key);
    if (value === undefined && configMapKeyRef.optional !== true)
      return unchecked(`key ${configMapKeyRef.key} of ConfigMap ${configMapKeyRef.name}`);
    return value === undefined ? [] : [{ value }];
  }
  if (secretKeyRef === undefined) return unchecked('where a variable comes from');
  const { name, key, optional } = secretKeyRef;
  return [{ secret: given<SecretKey>({ ...secretOf(scope, name), key, optional: ifTrue(optional) }) }];
}

type DistributiveOmit<T, K extends string> = T extends { readonly name: string } ? Omit<T, K> : never;
