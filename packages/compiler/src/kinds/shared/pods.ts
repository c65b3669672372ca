// Every pod of an app, whatever kind of object defines it.

import { objectName, type Path } from '../../diagnostic.ts';
import type { Container, JobSpec, PodSpec, PodTemplateSpec, StatefulSet, Volume } from '../../generated/kubernetes.ts';
import type { Labels, Manifest, Manifests } from '../../manifest.ts';
import type { Kind } from '../index.ts';

/** A pod template, and its place. */
export interface WorkloadPod {
  readonly manifest: Manifest;
  /** `Deployment/default/web`. */
  readonly key: string;
  readonly namespace: string;
  readonly template: PodTemplateSpec;
  readonly spec: PodSpec;
  readonly labels: Labels;
  /** The place of the template's spec in the object. */
  readonly path: Path;
  /** The number of replicas. */
  readonly replicas: number;
  /** The pod runs to completion; any other pod is kept running. */
  readonly runsToCompletion: boolean;
  /** Names of its volumes that are claims of each pod's own (`volumeClaimTemplates`). */
  readonly claimTemplateNames: readonly string[];
}

/** A container of a pod, and its place in the object. */
export interface PodContainer {
  readonly pod: WorkloadPod;
  readonly container: Container;
  readonly path: Path;
  /** `sidecar`: an init container that always restarts, and so runs beside the others. */
  readonly role: 'init' | 'sidecar' | 'main';
}

interface PodCarrier {
  readonly template: PodTemplateSpec;
  readonly path: Path;
  readonly replicas: number;
  readonly runsToCompletion?: boolean;
  readonly claimTemplateNames?: readonly string[];
}

const templateSpecPath = (path: Path): Path => [...path, 'template', 'spec'];

/** The number of pods of a Job that run to completion. With parallelism alone, all running pods have to. */
export const completionsOf = ({ completions, parallelism = 1 }: JobSpec): number => completions ?? parallelism;

/** One line for each kind with a pod template. */
const podCarriers: { readonly [K in Kind]?: (manifest: Manifest<K>) => PodCarrier | undefined } = {
  CronJob: ({ object: { spec } }) => ({
    template: spec.jobTemplate.spec.template,
    path: templateSpecPath(['spec', 'jobTemplate', 'spec']),
    replicas: completionsOf(spec.jobTemplate.spec),
    runsToCompletion: true,
  }),
  Deployment: ({ object: { spec } }) => ({
    template: spec.template,
    path: templateSpecPath(['spec']),
    replicas: spec.replicas,
  }),
  Job: ({ object: { spec } }) => ({
    template: spec.template,
    path: templateSpecPath(['spec']),
    replicas: completionsOf(spec),
    runsToCompletion: true,
  }),
  Pod: ({ object: { metadata, spec } }) => ({
    template: { metadata, spec },
    path: ['spec'],
    replicas: 1,
    runsToCompletion: spec.restartPolicy !== 'Always',
  }),
  ReplicaSet: ({ object: { spec } }) => ({
    template: spec.template,
    path: templateSpecPath(['spec']),
    replicas: spec.replicas,
  }),
  // Its template may be missing by its schema; a rule reports it.
  ReplicationController: ({ object: { spec } }) =>
    spec.template && { template: spec.template, path: templateSpecPath(['spec']), replicas: spec.replicas },
  StatefulSet: ({ object }) => ({
    template: withClaimVolumes(object),
    path: templateSpecPath(['spec']),
    replicas: object.spec.replicas,
    claimTemplateNames: claimTemplateNamesOf(object),
  }),
};

const claimTemplateNamesOf = ({ spec }: StatefulSet) =>
  (spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name ?? '');

/**
 * Each pod's own claims are volumes of their names, instead of other volumes of these names; as `updateStorage` of
 * the StatefulSet controller.
 */
function withClaimVolumes(set: StatefulSet): PodTemplateSpec {
  const { template } = set.spec;
  const claimVolumes = [...new Set(claimTemplateNamesOf(set))].map(
    (name): Volume => ({ name, persistentVolumeClaim: { claimName: name } }),
  );
  const written = template.spec.volumes ?? [];
  const volumes = [
    ...written.map((volume) => claimVolumes.find(({ name }) => name === volume.name) ?? volume),
    ...claimVolumes.filter(({ name }) => !written.some((volume) => volume.name === name)),
  ];
  return volumes.length === 0 ? template : { ...template, spec: { ...template.spec, volumes } };
}

const podsCache = new WeakMap<Manifests, readonly WorkloadPod[]>();

/** Every object with a pod template, in the order of the manifests. */
export function podsOf(manifests: Manifests): readonly WorkloadPod[] {
  const cached = podsCache.get(manifests);
  if (cached) return cached;
  const pods = manifests.objects.flatMap((manifest) => podOf(manifest) ?? []);
  podsCache.set(manifests, pods);
  return pods;
}

/** The pod that an object defines; undefined if it defines none. */
export function podOf(manifest: Manifest): WorkloadPod | undefined {
  const carry = podCarriers[manifest.kind] as ((manifest: Manifest) => PodCarrier | undefined) | undefined;
  const carried = carry?.(manifest);
  if (!carried) return undefined;
  const { template, path, replicas, runsToCompletion = false, claimTemplateNames: ownClaims = [] } = carried;
  const { ref } = manifest;
  return {
    manifest,
    key: objectName(ref),
    namespace: ref.namespace,
    template,
    spec: template.spec,
    labels: template.metadata.labels ?? {},
    path,
    replicas,
    runsToCompletion: runsToCompletion,
    claimTemplateNames: ownClaims,
  };
}

/** A pod's containers: init containers first, as they run. */
export function containersOf(pod: WorkloadPod): readonly PodContainer[] {
  const { initContainers = [], containers } = pod.spec;
  return [
    ...initContainers.map((container, index) => ({
      pod,
      container,
      path: [...pod.path, 'initContainers', index],
      role: isSidecar(container) ? ('sidecar' as const) : ('init' as const),
    })),
    ...containers.map((container, index) => ({
      pod,
      container,
      path: [...pod.path, 'containers', index],
      role: 'main' as const,
    })),
  ];
}

/** Whether an init container always restarts, and so runs beside the pod's containers. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/** The ServiceAccount of a pod (default: `default`). */
export function serviceAccountOf({ spec }: WorkloadPod): string {
  return spec.serviceAccountName || spec.serviceAccount || 'default';
}

/** The place of its template's metadata; for a Pod, of its own. */
export function templatePathOf({ path }: WorkloadPod): Path {
  return path.slice(0, -1);
}

/** Whether the template's metadata is the object's own. */
export function isBarePod({ manifest }: WorkloadPod): boolean {
  return manifest.kind === 'Pod';
}

/**
 * Pods that run to completion. CloudFormation waits twelve hours for a resource's signal:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-creationpolicy.html
 */
export const MAX_JOB_SECONDS = 12 * 3600;
