// A workload -> its machine groups: one group of equal machines, or one group of a single machine for each ordinal.

import { annotationValue } from '../annotations/index.ts';
import type { Report } from '../diagnostic.ts';
import { serviceAccountOf, type WorkloadPod } from '../kinds/shared/pods.ts';
import { ordinalClaimName } from '../kinds/shared/volumeClaims.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import type { MachineGroup, Rollout, WorkloadIdentity } from '../plan.ts';
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

// A pod that an object asks for -> the machines that run it: one group of equals, or one machine for each ordinal.

export function machineGroups(
  of: WorkloadPod,
  all: Manifests,
  options: CompileOptions,
  disks: VolumePlan,
  report: Report,
): readonly MachineGroup[] {
  const groups = machineGroupKeysOf(of).map((machines) => machineGroup(of, machines, all, options, disks));
  if (groups.some(({ image }) => image === undefined)) {
    const { ref } = of.manifest;
    report({
      code: options.requireImages === true ? 'I2K701' : 'I2K702',
      message: `${of.key} has no image${options.requireImages === true ? '' : ' yet: its id is a parameter of the template'}`,
      object: ref,
      path: [...of.path, 'containers'],
      hint: `\`i2kit image push\` builds it; or name one with \`--image ${ref.name}=ami-…\`, or under \`images\` in i2kit.yaml`,
    });
  }
  return groups;
}

function machineGroup(
  of: WorkloadPod,
  { key, ordinal }: MachineGroupKey,
  all: Manifests,
  options: CompileOptions,
  disks: VolumePlan,
): MachineGroup {
  const { ref } = of.manifest;
  const zone = disks.zones.get(key);
  const { pod, secrets, images } = compiledPodOf(
    ordinal === undefined ? of.template : templateOfOrdinal(of, ordinal.index),
    ref,
    all,
    {
      env: options.env,
      app: options.app,
      secretsVersions: options.lock?.secrets ?? {},
      ...(options.lock?.images && { digests: options.lock.images }),
      claims: Object.fromEntries(
        [...disks.formats].flatMap(([claim, form]) => entryInNamespace(of.namespace, claim, form)),
      ),
      ...(ordinal === undefined ? {} : { identity: podIdentity(of.manifest as Manifest<'StatefulSet'>, ordinal) }),
    },
  );
  const machines = machineRequirements(of, options, zone);
  const previous =
    ordinal === undefined ? undefined : previousImage(of.manifest as Manifest<'StatefulSet'>, ordinal.index);
  const image = previous ?? chosenImage(ref, options) ?? builtImage({ images, machine: machines }, options);
  const service = ordinal === undefined ? undefined : governingService(of.manifest as Manifest<'StatefulSet'>, all);
  const task = jobOf(of);
  const size = replicaCountOf(of, all);
  const rolled = rolloutOf(of, size.count, all);
  const scaling = scalingOf(of.manifest, all);
  return {
    origin: { object: ref, path: [] },
    key,
    ...(ordinal === undefined ? {} : { ordinal: { ...ordinal, ...(service === undefined ? {} : { service }) } }),
    replicas: ordinal === undefined ? size : { ...size, count: 1 },
    rollout: zone === undefined ? rolled : oneAtATime(rolled),
    ...(scaling === undefined ? {} : { scaling }),
    ...(task === undefined ? {} : { job: task }),
    pod,
    machine: machines,
    images,
    ...(image === undefined ? {} : { image }),
    ports: declaredPorts(of),
    identity: workloadIdentity(of, all),
    secrets,
    labels: of.labels,
  };
}

/** The pod's own claims by their own names, where the StatefulSet's template has the names of their templates. */
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

/** As `newStatefulSetPod` and `initIdentity` of the StatefulSet controller. */
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

/** The machine that is replaced must have let go of the disk: its grace period, and twenty minutes in which the agent retries. */
const volumeAttachSeconds = 20 * 60;

/** A second machine would wait for the disk or the address that the first one holds, so the first goes before the second comes. */
const oneAtATime = (rollout: Rollout): Rollout => ({
  ...rollout,
  surge: 0,
  unavailable: 1,
  deadlineSeconds: Math.max(rollout.deadlineSeconds, rollout.graceSeconds + volumeAttachSeconds),
});

// What the pod's containers may do in the cloud: the role that their ServiceAccount names.

export function workloadIdentity(pod: WorkloadPod, all: Manifests): WorkloadIdentity {
  const serviceAccount = serviceAccountOf(pod);
  const account = all.get('ServiceAccount', pod.namespace, serviceAccount);
  const role = account === undefined ? undefined : annotationValue(account, 'eks.amazonaws.com/role-arn');
  return {
    origin: account === undefined ? { object: pod.manifest.ref, path: pod.path } : { object: account.ref, path: [] },
    serviceAccount,
    ...(role === undefined ? {} : { role }),
  };
}
