// Manifests -> Plan: resolves selectors and references, rounds percentages, assigns load balancers. Knows nothing of
// AWS.
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
import { networkRulesOf } from './networkPolicies.ts';
import { withTargetedPorts } from './openPorts.ts';
import { serviceHostRouter } from './serviceHostRouter.ts';
import { serviceVariables } from './serviceVariables.ts';
import { volumePlan } from './volumes.ts';

export interface PlanResult {
  readonly plan: Plan;
  readonly lock: Lock;
}

export function plan(manifests: Manifests, options: CompileOptions, report: Report): PlanResult {
  checkImages(
    podsOf(manifests).map(({ manifest }) => manifest.ref),
    options,
    report,
  );
  const claimed = volumePlan(manifests, options, report);
  const groups: readonly MachineGroup[] = podsOf(manifests).flatMap((pod) =>
    machineGroups(pod, manifests, options, claimed, report),
  );
  const pendingEndpoints: readonly PendingEndpoint[] = [
    ...serviceEndpoints(manifests, options.config),
    ...exposedWorkloads(manifests, options.config),
  ];
  const via = (way: ServiceRouting) => pendingEndpoints.filter((pending) => pending.via === way);
  const headless = [
    ...headlessServices(manifests),
    ...via('dns').map((pending) => headlessServiceOf(pending, manifests)),
  ];
  const shared = assignmentOf(via('nlb'), options);
  const routed = [...ingressRouters(manifests, options), ...serviceHostRouter(via('alb-host'), options)];
  // Volumes and load balancer slots are decided on every run, so removed entries do not stay in the lock.
  const { loadBalancers: _slots, volumes: before = {}, ...others } = options.lock ?? { version: 1 };
  const opened = groups.map((group) =>
    withTargetedPorts(
      withRedirects(group, headless),
      [...shared.endpoints, ...headless.map(withListenerPorts)],
      routed,
    ),
  );
  const pods = new Map(podsOf(manifests).map((pod) => [pod.manifest.ref, pod]));
  const rulesOf = networkRulesOf(opened, manifests);
  const withNetworkRules = (group: MachineGroup): MachineGroup => {
    const pod = pods.get(group.origin.object);
    return pod === undefined ? group : { ...group, ...rulesOf(pod, group) };
  };
  const planned: Plan = {
    app: options.app,
    env: options.env,
    groups: opened.map(withNetworkRules),
    loadBalancers: shared.loadBalancers,
    endpoints: shared.endpoints,
    headlessServices: headless,
    routers: routed,
    volumes: claimed.volumes,
    aliases: aliases(manifests),
    externalServices: externalServices(manifests, options),
    serviceVariables: serviceVariables(manifests),
  };
  checkDnsNameConflicts(planned, options.config ?? {}, report);
  return {
    plan: planned,
    lock: {
      ...others,
      version: 1,
      ...lockTable('loadBalancers', shared.slots),
      ...lockTable('volumes', withStackEntry(before, stackName(options), claimed.locked)),
    },
  };
}

const lockTable = <K extends keyof Lock>(name: K, entries: NonNullable<Lock[K]>): Pick<Lock, K> | undefined =>
  Object.keys(entries).length === 0 ? undefined : ({ [name]: entries } as unknown as Pick<Lock, K>);

/** Replaces a stack's table, or removes it if it is empty. */
function withStackEntry<T extends object>(
  tables: Readonly<Record<string, T>>,
  stack: string,
  entries: T,
): Readonly<Record<string, T>> {
  const { [stack]: _, ...others } = tables;
  return Object.keys(entries).length === 0 ? others : { ...others, [stack]: entries };
}
