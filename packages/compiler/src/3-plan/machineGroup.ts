// A pod that an object asks for -> the machines that run it: one group of equals, or one machine for each ordinal.
import type { Report } from '../diagnostic.ts';
import { claimName } from '../kinds/shared/claims.ts';
import type { PodOf } from '../kinds/shared/pods.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import type { MachineGroup, Rollout } from '../plan.ts';
import { governing } from './headless.ts';
import { identity } from './identity.ts';
import { builtImage, imageOf } from './image.ts';
import { machine } from './machine.ts';
import { type Machines, machinesOf } from './machines.ts';
import { declaredPorts } from './openPorts.ts';
import { podOf } from './pod/index.ts';
import { previousImage } from './previousImage.ts';
import { rollout } from './rollout.ts';
import { scalingOf } from './scaling.ts';
import { sizeOf } from './size.ts';
import { taskOf } from './task.ts';
import type { Disks } from './volume.ts';

export function machineGroups(of: PodOf, all: Manifests, options: CompileOptions, disks: Disks, report: Report): readonly MachineGroup[] {
  const groups = machinesOf(of).map((machines) => machineGroup(of, machines, all, options, disks));
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

function machineGroup(of: PodOf, { key, ordinal }: Machines, all: Manifests, options: CompileOptions, disks: Disks): MachineGroup {
  const { ref } = of.manifest;
  const zone = disks.zones.get(key);
  const { pod, secrets, images } = podOf(ordinal === undefined ? of.template : templateOf(of, ordinal.index), ref, all, {
    env: options.env,
    app: options.app,
    secretsVersions: options.lock?.secrets ?? {},
    ...(options.lock?.images && { digests: options.lock.images }),
    claims: Object.fromEntries([...disks.forms].flatMap(([claim, form]) => within(of.namespace, claim, form))),
    ...(ordinal === undefined ? {} : { identity: podIdentity(of.manifest as Manifest<'StatefulSet'>, ordinal) }),
  });
  const machines = machine(of, options, zone);
  const previous = ordinal === undefined ? undefined : previousImage(of.manifest as Manifest<'StatefulSet'>, ordinal.index);
  const image = previous ?? imageOf(ref, options) ?? builtImage({ images, machine: machines }, options);
  const service = ordinal === undefined ? undefined : governing(of.manifest as Manifest<'StatefulSet'>, all);
  const task = taskOf(of);
  const size = sizeOf(of, all);
  const rolled = rollout(of, size.count, all);
  const scaling = scalingOf(of.manifest, all);
  return {
    origin: { object: ref, path: [] },
    key,
    ...(ordinal === undefined ? {} : { ordinal: { ...ordinal, ...(service === undefined ? {} : { service }) } }),
    replicas: ordinal === undefined ? size : { ...size, count: 1 },
    rollout: zone === undefined ? rolled : inTurn(rolled),
    ...(scaling === undefined ? {} : { scaling }),
    ...(task === undefined ? {} : { task }),
    pod,
    machine: machines,
    images,
    ...(image === undefined ? {} : { image }),
    ports: declaredPorts(of),
    identity: identity(of, all),
    secrets,
    labels: of.labels,
  };
}

/** The pod's own claims by their own names, where the StatefulSet's template has the names of their templates. */
function templateOf({ manifest, template, ownClaims }: PodOf, ordinal: number): PodOf['template'] {
  const volumes = template.spec.volumes?.map((volume) =>
    ownClaims.includes(volume.name)
      ? { name: volume.name, persistentVolumeClaim: { claimName: claimName(volume.name, manifest.ref.name, ordinal) } }
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

const within = <T>(namespace: string, key: string, value: T): readonly (readonly [string, T])[] =>
  key.startsWith(`${namespace}/`) ? [[key.slice(namespace.length + 1), value]] : [];

/** The machine that is replaced must have let go of the disk: its grace period, and twenty minutes in which the agent retries. */
const attachSeconds = 20 * 60;

/** A second machine would wait for the disk or the address that the first one holds, so the first goes before the second comes. */
const inTurn = (rollout: Rollout): Rollout => ({
  ...rollout,
  surge: 0,
  unavailable: 1,
  deadlineSeconds: Math.max(rollout.deadlineSeconds, rollout.graceSeconds + attachSeconds),
});
