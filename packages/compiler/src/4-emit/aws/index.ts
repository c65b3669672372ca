// Plan -> CloudFormation. Each concern is a file; the order here is the order in which an object's resources are listed.
import type { Finding } from '../../diagnostic.ts';
import type { CompileOptions } from '../../options.ts';
import type { Plan } from '../../plan.ts';
import type { Stack } from '../../stack.ts';
import { assemble } from './assemble.ts';
import { type Concern, lookUps } from './concern.ts';
import { admissions } from './concerns/admissions.ts';
import { balancer } from './concerns/balancer.ts';
import { existing } from './concerns/existing.ts';
import { firewall } from './concerns/firewall.ts';
import { foreignNames } from './concerns/foreignNames.ts';
import { group } from './concerns/group.ts';
import { headless } from './concerns/headless.ts';
import { image } from './concerns/image.ts';
import { keptVolumes } from './concerns/keptVolumes.ts';
import { launchTemplate } from './concerns/launchTemplate.ts';
import { listeners } from './concerns/listeners.ts';
import { logs } from './concerns/logs.ts';
import { machineType } from './concerns/machineType.ts';
import { networkInterface } from './concerns/networkInterface.ts';
import { outputs } from './concerns/outputs.ts';
import { outside } from './concerns/outside.ts';
import { payload } from './concerns/payload.ts';
import { records } from './concerns/records.ts';
import { releases } from './concerns/releases.ts';
import { role } from './concerns/role.ts';
import { routers } from './concerns/routers.ts';
import { ruleLimits } from './concerns/ruleLimits.ts';
import { runs } from './concerns/runs.ts';
import { scaling } from './concerns/scaling.ts';
import { schedule } from './concerns/schedule.ts';
import { tagLimits } from './concerns/tagLimits.ts';
import { volumes } from './concerns/volumes.ts';
import { stacksOf } from './layout/index.ts';
import { checkLimits } from './limits.ts';

const concerns: readonly Concern[] = [
  group,
  runs,
  schedule,
  scaling,
  launchTemplate,
  networkInterface,
  image,
  machineType,
  payload,
  volumes,
  firewall,
  admissions,
  releases,
  balancer,
  listeners,
  routers,
  records,
  outside,
  headless,
  role,
  logs,
  outputs,
  foreignNames,
  existing,
  ruleLimits,
  tagLimits,
  keptVolumes,
];

export interface Emitted {
  readonly stacks: readonly Stack[];
  readonly findings: readonly Finding[];
}

export function emit(plan: Plan, options: CompileOptions): Emitted {
  const target = lookUps(plan, options);
  const emissions = concerns.map((concern) => concern(target));
  const { template, findings } = assemble(target, emissions);
  const assets = emissions.flatMap((emission) => emission.assets ?? []);
  const stacks = stacksOf(target, template, assets);
  return { stacks, findings: [...findings, ...stacks.flatMap((stack) => checkLimits(target, stack.template))] };
}
