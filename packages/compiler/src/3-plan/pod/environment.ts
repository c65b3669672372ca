// A container's environment, in the kubelet's order (`makeEnvironmentVariables`, kubernetes/pkg/kubelet), and the expansion of `$(NAME)`.

import type { Env, SecretKey, SecretKeys } from '../../generated/agent-v1.ts';
import type { Container, EnvFromSource, EnvVar, EnvVarSource } from '../../generated/kubernetes.ts';
import { fieldRefValue } from './fieldRefs.ts';
import { definedFields, nonEmptyText, sortedEntries, trueOnly } from './optionalFields.ts';
import { resourceFieldValue } from './resources.ts';
import { configMapOf, ownValue, type PodScope, secretOf, unreachable } from './scope.ts';

// A container's environment, in the order in which the kubelet works it off (`makeEnvironmentVariables`, kubernetes/pkg/kubelet).

/**
 * `envFrom` first, then `env`; a later name wins, wherever it comes from. Only a `value` is expanded: what comes from a
 * ConfigMap, a Secret or a field is taken as it is. No name is passed over (Kubernetes does so no more): whatever is a
 * key is a name.
 */
export function environmentOf(scope: PodScope, container: Container): readonly Env[] {
  return [
    ...(container.envFrom ?? []).flatMap((source) => allKeysOf(scope, source)),
    ...(container.env ?? []).flatMap((variable) => variableOf(scope, container, variable)),
  ];
}

/** All keys of a ConfigMap (its `binaryData` are none), or of a Secret. */
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

/** What stands beside the name; nothing where what is referred to may be missing, and is. */
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
  if (secretKeyRef === undefined) return unreachable('where a variable comes from');
  const { name, key, optional } = secretKeyRef;
  return [{ secret: definedFields<SecretKey>({ ...secretOf(scope, name), key, optional: trueOnly(optional) }) }];
}

type DistributiveOmit<T, K extends string> = T extends { readonly name: string } ? Omit<T, K> : never;

// `$(NAME)` in values, commands and arguments: third_party/forked/golang/expansion of Kubernetes.

/**
 * Replaces `$(NAME)` by the variable's value, and `$$` by `$`. What names no variable, or is not closed, stays as it is.
 * The agent does this for what depends on the boot (contract/vectors/expansion.json holds both to the same answers).
 */
export function expandVariables(input: string, variable: (name: string) => string | undefined): string {
  return input.replace(/\$(?:\$|\(([^)]*)\))/g, (whole, name?: string) =>
    name === undefined ? '$' : (variable(name) ?? whole),
  );
}

/** True where expansion could change the text. */
export function hasVariables(input: string): boolean {
  return /\$[$(]/.test(input);
}
