// A workload -> its machine groups: one group of equal machines, or a group of one machine for each ordinal.

import { annotationValue } from '../annotations/index.ts';
import type { Report } from '../diagnostic.ts';
import { serviceAccountOf, type WorkloadPod } from '../kinds/shared/pods.ts';
import { ordinalClaimName } from '../kinds/shared/volumeClaims.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import type { MachineGroup, Rollout, Scaling, WorkloadIdentity } from '../plan.ts';
import { governingService } from './headlessServices.ts';
import { jobOf } from './jobs.ts';
import { type MachineGroupKey, machineGroupKeysOf } from './machineGroupKeys.ts';
import { builtImage, chosenImage, previousImage } from './machineImages.ts';
import { machineRequirements } from './machineRequirements.ts';
import { declaredPorts } from './openPorts.ts';
import { compiledPodOf } from './pod/index.ts';
import { rolloutOf } from './rollout.ts';
import { replicaCountOf, scalingOf } from './scaling.ts';
import type { VolumePlan } from './volumes.ts';

export function machineGroups(
  workload: WorkloadPod,
  manifests: Manifests,
  options: CompileOptions,
  volumePlan: VolumePlan,
  report: Report,
): readonly MachineGroup[] {
  const groups = machineGroupKeysOf(workload).map((machines) =>
    machineGroup(workload, machines, manifests, options, volumePlan),
  );
  if (groups.some(({ image }) => image === undefined)) {
    const { ref } = workload.manifest;
    report({
      code: options.requireImages === true ? 'I2K701' : 'I2K702',
      message: `${workload.key} has no image${options.requireImages === true ? '' : ' yet: its id is a parameter of the template'}`,
      object: ref,
      path: [...workload.path, 'containers'],
      hint: `Run \`i2kit image push\` to build it, or set one with \`--image ${ref.name}=ami-…\` or under \`images\` in i2kit.yaml.`,
    });
  }
  return groups;
}

function machineGroup(
  workload: WorkloadPod,
  { key, ordinal }: MachineGroupKey,
  manifests: Manifests,
  options: CompileOptions,
  volumePlan: VolumePlan,
): MachineGroup {
  const { ref } = workload.manifest;
  const zone = volumePlan.zones.get(key);
  const { pod, secrets, images } = compiledPodOf(
    ordinal === undefined ? workload.template : templateOfOrdinal(workload, ordinal.index),
    ref,
    manifests,
    {
      env: options.env,
      app: options.app,
      secretsVersions: options.lock?.secrets ?? {},
      ...(options.lock?.images && { digests: options.lock.images }),
      claims: Object.fromEntries(
        [...volumePlan.formats].flatMap(([claim, form]) => entryInNamespace(workload.namespace, claim, form)),
      ),
      ...(ordinal === undefined
        ? {}
        : { identity: podIdentity(workload.manifest as Manifest<'StatefulSet'>, ordinal) }),
    },
  );
  const machine = machineRequirements(workload, options, zone);
  const previous =
    ordinal === undefined ? undefined : previousImage(workload.manifest as Manifest<'StatefulSet'>, ordinal.index);
  const image = previous ?? chosenImage(ref, options) ?? builtImage({ images, machine }, options);
  const service =
    ordinal === undefined ? undefined : governingService(workload.manifest as Manifest<'StatefulSet'>, manifests);
  const job = jobOf(workload);
  const replicas = replicaCountOf(workload, manifests);
  const rollout = rolloutOf(workload, replicas.count, manifests);
  const scaling = scalingOf(workload.manifest, manifests);
  return {
    origin: { object: ref, path: [] },
    key,
    ...(ordinal === undefined ? {} : { ordinal: { ...ordinal, ...(service === undefined ? {} : { service }) } }),
    replicas: ordinal === undefined ? replicas : { ...replicas, count: 1 },
    rollout: zone === undefined ? withinMaximum(rollout, replicas.count, scaling) : oneAtATime(rollout),
    ...(scaling === undefined ? {} : { scaling }),
    ...(job === undefined ? {} : { job }),
    pod,
    machine,
    images,
    ...(image === undefined ? {} : { image }),
    ports: declaredPorts(workload),
    identity: workloadIdentity(workload, manifests),
    secrets,
    labels: workload.labels,
  };
}

/** The template of one ordinal: claim templates become the claims of this ordinal. */
function templateOfOrdinal(
  { manifest, template, claimTemplateNames: ownClaims }: WorkloadPod,
  ordinal: number,
): WorkloadPod['template'] {
  const volumes = template.spec.volumes?.map((volume) =>
    ownClaims.includes(volume.name)
      ? {
          name: volume.name,
          persistentVolumeClaim: { claimName: ordinalClaimName(volume.name, manifest.ref.name, ordinal) },
        }
      : volume,
  );
  return volumes === undefined ? template : { ...template, spec: { ...template.spec, volumes } };
}

/** Follows `newStatefulSetPod` and `initIdentity` of the StatefulSet controller. */
const podIdentity = (
  { object: { spec } }: Manifest<'StatefulSet'>,
  { name, index }: { readonly name: string; readonly index: number },
) => ({
  name,
  ...(spec.serviceName ? { subdomain: spec.serviceName } : {}),
  labels: { 'apps.kubernetes.io/pod-index': String(index), 'statefulset.kubernetes.io/pod-name': name },
});

const entryInNamespace = <T>(namespace: string, key: string, value: T): readonly (readonly [string, T])[] =>
  key.startsWith(`${namespace}/`) ? [[key.slice(namespace.length + 1), value]] : [];

/** The replaced machine must detach the volume first: its grace period plus twenty minutes of retries by the agent. */
const volumeAttachSeconds = 20 * 60;

/**
 * The volume and the address attach to one machine at a time, so the old machine must end before the new one starts.
 */
const oneAtATime = (rollout: Rollout): Rollout => ({
  ...rollout,
  maxSurge: 0,
  maxUnavailable: 1,
  deadlineSeconds: Math.max(rollout.deadlineSeconds, rollout.graceSeconds + volumeAttachSeconds),
});

/** A rollout never exceeds the maximum of an autoscaler, which leaves room for one machine at least. */
const withinMaximum = (rollout: Rollout, minMachines: number, scaling: Scaling | undefined): Rollout =>
  scaling === undefined
    ? rollout
    : { ...rollout, maxSurge: Math.min(rollout.maxSurge, scaling.maxMachines - minMachines) };

/** The IAM role of the pod's containers, named by their ServiceAccount. */
export function workloadIdentity(pod: WorkloadPod, manifests: Manifests): WorkloadIdentity {
  const serviceAccount = serviceAccountOf(pod);
  const account = manifests.get('ServiceAccount', pod.namespace, serviceAccount);
  const role = account === undefined ? undefined : annotationValue(account, 'eks.amazonaws.com/role-arn');
  return {
    origin: account === undefined ? { object: pod.manifest.ref, path: pod.path } : { object: account.ref, path: [] },
    serviceAccount,
    ...(role === undefined ? {} : { role }),
  };
}
