// A container's environment in the kubelet's order (`makeEnvironmentVariables`, kubernetes/pkg/kubelet).
import type { Env, SecretKey, SecretKeys } from '../../generated/agent-v1.ts';
import type { Container, EnvFromSource, EnvVar, EnvVarSource } from '../../generated/kubernetes.ts';
import { hasVariables } from '../../kinds/shared/expansion.ts';
import { fieldRefValue } from './fieldRefs.ts';
import { definedFields, nonEmptyText, sortedEntries, trueOnly } from './optionalFields.ts';
import { resourceFieldValue } from './resources.ts';
import { configMapOf, ownValue, type PodScope, secretOf, unreachable } from './scope.ts';

/**
 * `envFrom` first, then `env`; a later name wins. Only `value` is expanded: values from ConfigMaps, Secrets and fields are literal. Every key is a valid name, as in current Kubernetes.
 */
export function environmentOf(scope: PodScope, container: Container): readonly Env[] {
  return [
    ...(container.envFrom ?? []).flatMap((source) => allKeysOf(scope, source)),
    ...(container.env ?? []).flatMap((variable) => variableOf(scope, container, variable)),
  ];
}

/** All keys of a ConfigMap (without `binaryData`) or of a Secret. */
function allKeysOf(scope: PodScope, { prefix = '', configMapRef, secretRef }: EnvFromSource): readonly Env[] {
  if (configMapRef !== undefined) {
    return sortedEntries(configMapOf(scope, configMapRef)?.data).map(([key, value]) => ({ name: prefix + key, value }));
  }
  if (secretRef === undefined) return [];
  return [
    {
      secretKeys: definedFields<SecretKeys>({
        ...secretOf(scope, secretRef.name),
        prefix: nonEmptyText(prefix),
        optional: trueOnly(secretRef.optional),
      }),
    },
  ];
}

function variableOf(scope: PodScope, container: Container, { name, value = '', valueFrom }: EnvVar): readonly Env[] {
  if (value !== '') return [hasVariables(value) ? { name, expand: value } : { name, value }];
  return valueFrom === undefined
    ? [{ name, value }]
    : valueFromSource(scope, container, valueFrom).map((rest) => ({ name, ...rest }));
}

/** The value or source of a variable; empty if an optional reference does not exist. */
function valueFromSource(
  scope: PodScope,
  container: Container,
  source: EnvVarSource,
): readonly DistributiveOmit<Env, 'name'>[] {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = source;
  if (fieldRef !== undefined) return [fieldRefValue(scope, fieldRef.fieldPath)];
  if (resourceFieldRef !== undefined) return [{ value: resourceFieldValue(scope, resourceFieldRef, container) }];
  if (configMapKeyRef !== undefined) {
    const value = ownValue(configMapOf(scope, configMapKeyRef)?.data, configMapKeyRef.key);
    if (value === undefined && configMapKeyRef.optional !== true)
      return unreachable(`key ${configMapKeyRef.key} of ConfigMap ${configMapKeyRef.name}`);
    return value === undefined ? [] : [{ value }];
  }
  if (secretKeyRef === undefined) return unreachable('the source of a variable');
  const { name, key, optional } = secretKeyRef;
  return [{ secret: definedFields<SecretKey>({ ...secretOf(scope, name), key, optional: trueOnly(optional) }) }];
}

type DistributiveOmit<T, K extends string> = T extends { readonly name: string } ? Omit<T, K> : never;
