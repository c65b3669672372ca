// Manifests -> Plan: selectors and references resolved, percentages counted, load balancers shared out; nothing of AWS in it.
import type { Report } from '../diagnostic.ts';
import { podsOf } from '../kinds/shared/pods.ts';
import type { Manifests } from '../manifest.ts';
import type { CompileOptions, Lock, ServiceRouting } from '../options.ts';
import type { MachineGroup, Plan } from '../plan.ts';
import { checkDnsNameConflicts } from './dnsNameConflicts.ts';
import { exposedWorkloads, type PendingEndpoint, serviceEndpoints } from './endpoints.ts';
import { aliases, externalServices } from './externalServices.ts';
import { headlessServiceOf, headlessServices, withListenerPorts, withRedirects } from './headlessServices.ts';
import { ingressRouters } from './ingressRouters.ts';
import { assignmentOf } from './loadBalancers.ts';
import { machineGroups } from './machineGroups.ts';
import { checkImages } from './machineImages.ts';
import { stackName } from './mountedClaims.ts';
import { egressRulesOf, ingressRulesOf } from './networkPolicies.ts';
import { withTargetedPorts } from './openPorts.ts';
import { serviceHostRouter } from './serviceHostRouter.ts';
import { serviceVariables } from './serviceVariables.ts';
import { volumePlan } from './volumes.ts';

export interface PlanResult {
  readonly plan: Plan;
  readonly lock: Lock;
}

export function plan(all: Manifests, options: CompileOptions, report: Report): PlanResult {
  checkImages(
    podsOf(all).map(({ manifest }) => manifest.ref),
    options,
    report,
  );
  const disks = volumePlan(all, options, report);
  const groups: readonly MachineGroup[] = podsOf(all).flatMap((pod) => machineGroups(pod, all, options, disks, report));
  const drafts: readonly PendingEndpoint[] = [
    ...serviceEndpoints(all, options.config),
    ...exposedWorkloads(all, options.config),
  ];
  const via = (way: ServiceRouting) => drafts.filter((draft) => draft.via === way);
  const headless = [...headlessServices(all), ...via('dns').map((draft) => headlessServiceOf(draft, all))];
  const shared = assignmentOf(via('nlb'), options);
  const routed = [...ingressRouters(all, options), ...serviceHostRouter(via('alb-host'), options)];
  // What these two hold is decided anew: what is no longer there must not stay.
  const { loadBalancers: _slots, volumes: before = {}, ...others } = options.lock ?? { version: 1 };
  const opened = groups.map((group) =>
    withTargetedPorts(
      withRedirects(group, headless),
      [...shared.endpoints, ...headless.map(withListenerPorts)],
      routed,
    ),
  );
  const planned: Plan = {
    app: options.app,
    env: options.env,
    groups: opened.map((group) => withNetworkRules(group, opened, all)),
    loadBalancers: shared.loadBalancers,
    endpoints: shared.endpoints,
    headlessServices: headless,
    routers: routed,
    volumes: disks.volumes,
    aliases: aliases(all),
    externalServices: externalServices(all, options),
    serviceVariables: serviceVariables(all),
  };
  checkDnsNameConflicts(planned, options.config ?? {}, report);
  return {
    plan: planned,
    lock: {
      ...others,
      version: 1,
      ...lockTable('loadBalancers', shared.slots),
      ...lockTable('volumes', withStackEntry(before, stackName(options), disks.locked)),
    },
  };
}

const lockTable = <K extends keyof Lock>(name: K, entries: NonNullable<Lock[K]>): Pick<Lock, K> | undefined =>
  Object.keys(entries).length === 0 ? undefined : ({ [name]: entries } as unknown as Pick<Lock, K>);

/** The group with those whom network policies let in and let it talk to, once all ports are known. */
function withNetworkRules(group: MachineGroup, groups: readonly MachineGroup[], all: Manifests): MachineGroup {
  const pod = podsOf(all).find(({ manifest }) => manifest.ref === group.origin.object);
  const admitted = pod && ingressRulesOf(pod, group, all);
  const released = pod && egressRulesOf(pod, groups, all);
  return {
    ...group,
    ...(admitted === undefined ? {} : { ingressRules: admitted }),
    ...(released === undefined ? {} : { egressRules: released }),
  };
}

/** A stack's table in the place of the one that it had; none where it is empty. */
function withStackEntry<T extends object>(
  tables: Readonly<Record<string, T>>,
  stack: string,
  entries: T,
): Readonly<Record<string, T>> {
  const { [stack]: _, ...others } = tables;
  return Object.keys(entries).length === 0 ? others : { ...others, [stack]: entries };
}
