// Compiles a pod template into the pod of an agent/v1 payload: references resolved, secrets by name, defaults
// omitted.
import { objectName } from '../../diagnostic.ts';
import type { Pod } from '../../generated/agent-v1.ts';
import type { PodTemplateSpec } from '../../generated/kubernetes.ts';
import type { Digests } from '../../image/index.ts';
import type { Manifests } from '../../manifest.ts';
import type { SecretRef } from '../../plan.ts';
import { containerOf } from './container.ts';
import { dnsOf, hostAliasesOf, hostnameOf, type PodIdentity, sysctlsOf } from './host.ts';
import { definedFields, nonEmptyList, sortedObject, trueOnly } from './optionalFields.ts';
import type { PodScope, VolumeFormat } from './scope.ts';
import { type Owner, secretRefsOf } from './secrets.ts';
import { claimNamesOf, volumesOf } from './volumes.ts';

export type { PodIdentity } from './host.ts';
export type { VolumeFormat } from './scope.ts';

export interface PodOptions {
  readonly env: string;
  readonly app: string;
  /** `Lock.secrets`. */
  readonly secretsVersions?: Readonly<Record<string, string>>;
  /** `Lock.images`: images are referred to by digest where it is known. */
  readonly digests?: Digests;
  /** Absent: replicas are interchangeable. */
  readonly identity?: PodIdentity;
  /** Volume formats by claim name; default: the format in the PersistentVolumeClaim. */
  readonly claims?: Readonly<Record<string, VolumeFormat>>;
}

export interface CompiledPod {
  readonly pod: Pod;
  /** Sorted by name. */
  readonly secrets: readonly SecretRef[];
  /** Names of the mounted claims, sorted. */
  readonly claims: readonly string[];
  /** Image references of its containers as written in the template, sorted, without duplicates. */
  readonly images: readonly string[];
}

/**
 * Compiles a defaulted template. References and values are checked before, so it throws only on a gap in the checks.
 */
export function compiledPodOf(
  template: PodTemplateSpec,
  owner: Owner,
  manifests: Manifests,
  options: PodOptions,
): CompiledPod {
  const { metadata, spec } = template;
  const { identity } = options;
  const scope: PodScope = {
    namespace: owner.namespace,
    spec,
    labels: { ...metadata.labels, ...identity?.labels },
    annotations: metadata.annotations ?? {},
    manifests,
    env: options.env,
    secretsVersions: options.secretsVersions ?? {},
    digests: options.digests,
    claims: options.claims ?? {},
  };
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  return {
    pod: agentPodOf(scope, owner, identity),
    secrets: secretRefsOf(template, owner, manifests),
    claims: claimNamesOf(spec),
    images: [...new Set(containers.flatMap(({ image }) => image ?? []))].sort(),
  };
}

function agentPodOf(scope: PodScope, owner: Owner, identity: PodIdentity | undefined): Pod {
  const { namespace, spec } = scope;
  const name = identity?.name ?? (owner.kind === 'Pod' ? owner.name : undefined);
  const { restartPolicy, securityContext: security } = spec;
  return definedFields<Pod>({
    owner: objectName(owner),
    ...(name === undefined ? { generateName: `${owner.name}-` } : { name }),
    namespace,
    labels: sortedObject(scope.labels),
    annotations: sortedObject(scope.annotations),
    ...hostnameOf(spec, identity),
    hostAliases: nonEmptyList(hostAliasesOf(spec)),
    dns: dnsOf(namespace, spec),
    restartPolicy: restartPolicy === 'OnFailure' || restartPolicy === 'Never' ? restartPolicy : undefined,
    terminationGracePeriodSeconds:
      spec.terminationGracePeriodSeconds === 30 ? undefined : spec.terminationGracePeriodSeconds,
    activeDeadlineSeconds: spec.activeDeadlineSeconds,
    shareProcessNamespace: trueOnly(spec.shareProcessNamespace),
    hostIPC: trueOnly(spec.hostIPC),
    enableServiceLinks: spec.enableServiceLinks === false ? false : undefined,
    fsGroup: security.fsGroup,
    fsGroupChangePolicy: security.fsGroupChangePolicy === 'OnRootMismatch' ? 'OnRootMismatch' : undefined,
    sysctls: nonEmptyList(sysctlsOf(spec)),
    initContainers: nonEmptyList(spec.initContainers?.map((container) => containerOf(scope, container))),
    containers: spec.containers.map((container) => containerOf(scope, container)),
    volumes: nonEmptyList(volumesOf(scope)),
  });
}
