// A pod that an object asks for -> the machines that run it.
import type { Report } from '../diagnostic.ts';
import type { PodOf } from '../kinds/shared/pods.ts';
import type { Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import type { MachineGroup, Rollout, Volume } from '../plan.ts';
import { identity } from './identity.ts';
import { builtImage, imageOf } from './image.ts';
import { machine } from './machine.ts';
import { declaredPorts } from './openPorts.ts';
import { podOf } from './pod/index.ts';
import { rollout } from './rollout.ts';
import { sizeOf } from './size.ts';
import { taskOf } from './task.ts';

export function machineGroup(of: PodOf, all: Manifests, options: CompileOptions, volumes: readonly Volume[], report: Report): MachineGroup {
  const { ref } = of.manifest;
  const { pod, secrets, images } = podOf(of.template, ref, all, {
    env: options.env,
    app: options.app,
    secretsVersions: options.lock?.secrets ?? {},
    ...(options.lock?.images && { digests: options.lock.images }),
  });
  const machines = machine(of, options, volumes);
  const image = imageOf(ref, options) ?? builtImage({ images, machine: machines }, options);
  const task = taskOf(of);
  const rolled = rollout(of);
  if (image === undefined) {
    report({
      code: options.requireImages === true ? 'I2K701' : 'I2K702',
      message: `${of.key} has no image yet: its id is a parameter of the template`,
      object: ref,
      path: [...of.path, 'containers'],
      hint: `\`i2kit image push\` builds it; or name one with \`--image ${ref.name}=ami-…\`, or under \`images\` in i2kit.yaml`,
    });
  }
  return {
    origin: { object: ref, path: [] },
    key: of.key,
    replicas: sizeOf(of),
    rollout: volumes.some((volume) => volume.group === of.key) ? withDisks(rolled) : rolled,
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

/** The machine that is replaced must have let go of the disk: its grace period, and twenty minutes in which the agent retries. */
const attachSeconds = 20 * 60;

/** A second machine would wait for the disk that the first one holds, so the first goes before the second comes. */
const withDisks = (rollout: Rollout): Rollout => ({
  ...rollout,
  surge: 0,
  unavailable: 1,
  deadlineSeconds: Math.max(rollout.deadlineSeconds, rollout.graceSeconds + attachSeconds),
});
