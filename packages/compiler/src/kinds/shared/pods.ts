// Every pod of an app, whatever kind of object asks for it.

import { objectName, type Path } from '../../diagnostic.ts';
import type { Container, JobSpec, PodSpec, PodTemplateSpec, StatefulSet, Volume } from '../../generated/kubernetes.ts';
import type { Labels, Manifest, Manifests } from '../../manifest.ts';
import type { Kind } from '../kind.ts';

// Every pod that an app asks for, whatever kind of object asks for it.

/** A pod template, and where it stands. */
export interface WorkloadPod {
  readonly manifest: Manifest;
  /** `Deployment/default/web`. */
  readonly key: string;
  readonly namespace: string;
  readonly template: PodTemplateSpec;
  readonly spec: PodSpec;
  readonly labels: Labels;
  /** Where the template's spec stands in the object. */
  readonly path: Path;
  /** How many pods of it there are. */
  readonly replicas: number;
  /** It runs to its end; any other pod is kept running. */
  readonly runsToCompletion: boolean;
  /** Names of those of its volumes that are claims of each pod's own (`volumeClaimTemplates`). */
  readonly claimTemplateNames: readonly string[];
}

/** A container of a pod, and where it stands in the object. */
export interface PodContainer {
  readonly pod: WorkloadPod;
  readonly container: Container;
  readonly path: Path;
  /** `sidecar`: an init container that is always restarted, and so runs beside the others. */
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

/** How many pods of a Job run to their end. Of one that says a parallelism alone, all that run have to. */
export const completionsOf = ({ completions, parallelism = 1 }: JobSpec): number => completions ?? parallelism;

/** A kind that carries a pod template has a line here. */
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
  // Its template may be missing by its schema; a rule says so.
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

/** Each pod's own claims are volumes of their names, in place of others of these names; as `updateStorage` of the StatefulSet controller. */
function withClaimVolumes(set: StatefulSet): PodTemplateSpec {
  const { template } = set.spec;
  const own = [...new Set(claimTemplateNamesOf(set))].map(
    (name): Volume => ({ name, persistentVolumeClaim: { claimName: name } }),
  );
  const written = template.spec.volumes ?? [];
  const volumes = [
    ...written.map((volume) => own.find(({ name }) => name === volume.name) ?? volume),
    ...own.filter(({ name }) => !written.some((volume) => volume.name === name)),
  ];
  return volumes.length === 0 ? template : { ...template, spec: { ...template.spec, volumes } };
}

const podsCache = new WeakMap<Manifests, readonly WorkloadPod[]>();

/** Every object that carries a pod template, in the order of `all`. */
export function podsOf(all: Manifests): readonly WorkloadPod[] {
  const known = podsCache.get(all);
  if (known) return known;
  const pods = all.objects.flatMap((manifest) => podOf(manifest) ?? []);
  podsCache.set(all, pods);
  return pods;
}

/** The pod that an object asks for; undefined where it asks for none. */
export function podOf(manifest: Manifest): WorkloadPod | undefined {
  const carry = podCarriers[manifest.kind] as ((manifest: Manifest) => PodCarrier | undefined) | undefined;
  const carried = carry?.(manifest);
  if (!carried) return undefined;
  const { template, path, replicas, runsToCompletion: ends = false, claimTemplateNames: ownClaims = [] } = carried;
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
    runsToCompletion: ends,
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

/** Of an init container: whether it is restarted always, and so runs beside the pod's containers. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/** The ServiceAccount that a pod runs as; `default` where it names none. */
export function serviceAccountOf({ spec }: WorkloadPod): string {
  return spec.serviceAccountName || spec.serviceAccount || 'default';
}

/** Where the metadata of its template stands; a Pod's are its own. */
export function templatePathOf({ path }: WorkloadPod): Path {
  return path.slice(0, -1);
}

/** Whether the template's metadata are the object's own. */
export function isBarePod({ manifest }: WorkloadPod): boolean {
  return manifest.kind === 'Pod';
}

// Pods that run to their end.

/** CloudFormation waits twelve hours for a resource's signal: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-creationpolicy.html */
export const MAX_JOB_SECONDS = 12 * 3600;
