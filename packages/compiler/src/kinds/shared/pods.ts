// Every pod that an app asks for, whatever kind of object asks for it.
import type { Path } from '../../diagnostic.ts';
import { objectName } from '../../diagnostic.ts';
import type { Container, JobSpec, PodSpec, PodTemplateSpec, StatefulSet, Volume } from '../../generated/kubernetes.ts';
import type { Labels, Manifest, Manifests } from '../../manifest.ts';
import type { Kind } from '../kind.ts';

/** A pod template, and where it stands. */
export interface PodOf {
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
  readonly ends: boolean;
  /** Names of those of its volumes that are claims of each pod's own (`volumeClaimTemplates`). */
  readonly ownClaims: readonly string[];
}

/** A container of a pod, and where it stands in the object. */
export interface ContainerOf {
  readonly pod: PodOf;
  readonly container: Container;
  readonly path: Path;
  /** `sidecar`: an init container that is always restarted, and so runs beside the others. */
  readonly role: 'init' | 'sidecar' | 'main';
}

interface Carried {
  readonly template: PodTemplateSpec;
  readonly path: Path;
  readonly replicas: number;
  readonly ends?: boolean;
  readonly ownClaims?: readonly string[];
}

const inTemplate = (path: Path): Path => [...path, 'template', 'spec'];

/** How many pods of a Job run to their end. Of one that says a parallelism alone, all that run have to. */
export const completionsOf = ({ completions, parallelism = 1 }: JobSpec): number => completions ?? parallelism;

/** A kind that carries a pod template has a line here. */
const carriers: { readonly [K in Kind]?: (manifest: Manifest<K>) => Carried | undefined } = {
  CronJob: ({ object: { spec } }) => ({
    template: spec.jobTemplate.spec.template,
    path: inTemplate(['spec', 'jobTemplate', 'spec']),
    replicas: completionsOf(spec.jobTemplate.spec),
    ends: true,
  }),
  Deployment: ({ object: { spec } }) => ({ template: spec.template, path: inTemplate(['spec']), replicas: spec.replicas }),
  Job: ({ object: { spec } }) => ({ template: spec.template, path: inTemplate(['spec']), replicas: completionsOf(spec), ends: true }),
  Pod: ({ object: { metadata, spec } }) => ({
    template: { metadata, spec },
    path: ['spec'],
    replicas: 1,
    ends: spec.restartPolicy !== 'Always',
  }),
  ReplicaSet: ({ object: { spec } }) => ({ template: spec.template, path: inTemplate(['spec']), replicas: spec.replicas }),
  // Its template may be missing by its schema; a rule says so.
  ReplicationController: ({ object: { spec } }) =>
    spec.template && { template: spec.template, path: inTemplate(['spec']), replicas: spec.replicas },
  StatefulSet: ({ object }) => ({
    template: withOwnClaims(object),
    path: inTemplate(['spec']),
    replicas: object.spec.replicas,
    ownClaims: ownClaimsOf(object),
  }),
};

const ownClaimsOf = ({ spec }: StatefulSet) => (spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name ?? '');

/** Each pod's own claims are volumes of their names, in place of others of these names; as `updateStorage` of the StatefulSet controller. */
function withOwnClaims(set: StatefulSet): PodTemplateSpec {
  const { template } = set.spec;
  const own = [...new Set(ownClaimsOf(set))].map((name): Volume => ({ name, persistentVolumeClaim: { claimName: name } }));
  const written = template.spec.volumes ?? [];
  const volumes = [
    ...written.map((volume) => own.find(({ name }) => name === volume.name) ?? volume),
    ...own.filter(({ name }) => !written.some((volume) => volume.name === name)),
  ];
  return volumes.length === 0 ? template : { ...template, spec: { ...template.spec, volumes } };
}

const byApp = new WeakMap<Manifests, readonly PodOf[]>();

/** Every object that carries a pod template, in the order of `all`. */
export function podsOf(all: Manifests): readonly PodOf[] {
  const known = byApp.get(all);
  if (known) return known;
  const pods = all.all.flatMap((manifest) => podOf(manifest) ?? []);
  byApp.set(all, pods);
  return pods;
}

/** The pod that an object asks for; undefined where it asks for none. */
export function podOf(manifest: Manifest): PodOf | undefined {
  const carry = carriers[manifest.kind] as ((manifest: Manifest) => Carried | undefined) | undefined;
  const carried = carry?.(manifest);
  if (!carried) return undefined;
  const { template, path, replicas, ends = false, ownClaims = [] } = carried;
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
    ends,
    ownClaims,
  };
}

/** A pod's containers: init containers first, as they run. */
export function containersOf(pod: PodOf): readonly ContainerOf[] {
  const { initContainers = [], containers } = pod.spec;
  return [
    ...initContainers.map((container, index) => ({
      pod,
      container,
      path: [...pod.path, 'initContainers', index],
      role: isSidecar(container) ? ('sidecar' as const) : ('init' as const),
    })),
    ...containers.map((container, index) => ({ pod, container, path: [...pod.path, 'containers', index], role: 'main' as const })),
  ];
}

/** Of an init container: whether it is restarted always, and so runs beside the pod's containers. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/** The ServiceAccount that a pod runs as; `default` where it names none. */
export function serviceAccountOf({ spec }: PodOf): string {
  return spec.serviceAccountName || spec.serviceAccount || 'default';
}

/** Where the metadata of its template stands; a Pod's are its own. */
export function templatePath({ path }: PodOf): Path {
  return path.slice(0, -1);
}

/** Whether the template's metadata are the object's own. */
export function isBare({ manifest }: PodOf): boolean {
  return manifest.kind === 'Pod';
}
