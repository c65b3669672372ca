// Manifests -> Plan: selectors and references resolved, percentages counted, load balancers shared out; nothing of AWS in it.
import type { Report } from '../diagnostic.ts';
import { podsOf } from '../kinds/shared/pods.ts';
import type { Manifests } from '../manifest.ts';
import type { CompileOptions, Lock, Via } from '../options.ts';
import type { MachineGroup, Plan } from '../plan.ts';
import { aliases } from './alias.ts';
import { exposures } from './exposure.ts';
import { headlessNames } from './headless.ts';
import { hostRouter } from './hostRouter.ts';
import { checkImages } from './image.ts';
import { shareOut } from './loadBalancers.ts';
import { stackOf } from './locked.ts';
import { machineGroups } from './machineGroup.ts';
import { nameOfMachines, redirected, servedPorts } from './machineNames.ts';
import { openPorts } from './openPorts.ts';
import { outside } from './outside.ts';
import { admittedTo, releasedTo } from './policy.ts';
import { routers } from './router.ts';
import { checkNames } from './sameNames.ts';
import { type Draft, endpoints } from './service.ts';
import { serviceVariables } from './serviceVariables.ts';
import { volumes } from './volume.ts';

export interface Planned {
  readonly plan: Plan;
  readonly lock: Lock;
}

export function plan(all: Manifests, options: CompileOptions, report: Report): Planned {
  checkImages(
    podsOf(all).map(({ manifest }) => manifest.ref),
    options,
    report,
  );
  const disks = volumes(all, options, report);
  const groups: readonly MachineGroup[] = podsOf(all).flatMap((pod) => machineGroups(pod, all, options, disks, report));
  const drafts: readonly Draft[] = [...endpoints(all, options.config), ...exposures(all, options.config)];
  const via = (way: Via) => drafts.filter((draft) => draft.via === way);
  const headless = [...headlessNames(all), ...via('dns').map((draft) => nameOfMachines(draft, all))];
  const shared = shareOut(via('nlb'), options);
  const routed = [...routers(all, options), ...hostRouter(via('alb-host'), options)];
  // What these two hold is decided anew: what is no longer there must not stay.
  const { loadBalancers: _slots, volumes: before = {}, ...others } = options.lock ?? { version: 1 };
  const opened = groups.map((group) => openPorts(redirected(group, headless), [...shared.endpoints, ...headless.map(servedPorts)], routed));
  const planned: Plan = {
    app: options.app,
    env: options.env,
    groups: opened.map((group) => guarded(group, opened, all)),
    loadBalancers: shared.loadBalancers,
    endpoints: shared.endpoints,
    headless,
    routers: routed,
    volumes: disks.volumes,
    aliases: aliases(all),
    outside: outside(all, options),
    serviceVariables: serviceVariables(all),
  };
  checkNames(planned, options.config ?? {}, report);
  return {
    plan: planned,
    lock: {
      ...others,
      version: 1,
      ...table('loadBalancers', shared.slots),
      ...table('volumes', withStack(before, stackOf(options), disks.locked)),
    },
  };
}

const table = <K extends keyof Lock>(name: K, entries: NonNullable<Lock[K]>): Pick<Lock, K> | undefined =>
  Object.keys(entries).length === 0 ? undefined : ({ [name]: entries } as unknown as Pick<Lock, K>);

/** The group with those whom network policies let in and let it talk to, once all ports are known. */
function guarded(group: MachineGroup, groups: readonly MachineGroup[], all: Manifests): MachineGroup {
  const pod = podsOf(all).find(({ manifest }) => manifest.ref === group.origin.object);
  const admitted = pod && admittedTo(pod, group, all);
  const released = pod && releasedTo(pod, groups, all);
  return { ...group, ...(admitted === undefined ? {} : { admitted }), ...(released === undefined ? {} : { released }) };
}

/** A stack's table in the place of the one that it had; none where it is empty. */
function withStack<T extends object>(tables: Readonly<Record<string, T>>, stack: string, entries: T): Readonly<Record<string, T>> {
  const { [stack]: _, ...others } = tables;
  return Object.keys(entries).length === 0 ? others : { ...others, [stack]: entries };
}
