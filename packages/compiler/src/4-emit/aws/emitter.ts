// What a concern of the target is given and what it gives back.
import type { Json } from '@i2kit/common';
import type { Finding } from '../../diagnostic.ts';
import { jsonPointer, objectName } from '../../diagnostic.ts';
import { existingResourcesOf } from '../../existingResources.ts';
import type { CompileOptions, Config, ExistingResources } from '../../options.ts';
import type { Endpoint, LoadBalancer, MachineGroup, Origin, Plan, Router, RouterBackend, Volume } from '../../plan.ts';
import type { Asset } from '../../stack.ts';
import type { Mapping, Output, Parameter, Resource } from '../../template.ts';

/** The plan with the look-ups that several concerns need, made once. */
export interface EmitContext {
  readonly plan: Plan;
  readonly options: CompileOptions;
  readonly config: Config;
  /** What was looked up for these very settings. */
  readonly existing: Partial<ExistingResources>;
  /** One group of each workload, for what its groups have in common. */
  readonly workloads: readonly MachineGroup[];
  readonly group: (key: string) => MachineGroup;
  readonly loadBalancer: (key: string) => LoadBalancer;
  readonly endpointsOf: (group: MachineGroup) => readonly Endpoint[];
  readonly endpointsOn: (balancer: LoadBalancer) => readonly Endpoint[];
  readonly routerBackendsOf: (group: MachineGroup) => readonly RoutedBackend[];
  readonly volumesOf: (group: MachineGroup) => readonly Volume[];
}

/** A port of a machine group, and the router that leads to it. */
export interface RoutedBackend {
  readonly router: Router;
  readonly backend: RouterBackend;
}

/** Everything is keyed by ids.ts. */
export interface Emission {
  readonly resources?: Readonly<Record<string, Resource>>;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly mappings?: Readonly<Record<string, Mapping>>;
  readonly outputs?: Readonly<Record<string, Output>>;
  /** Of the template as a whole. */
  readonly metadata?: Readonly<Record<string, Json>>;
  readonly assets?: readonly Asset[];
  readonly findings?: readonly Finding[];
}

export type Emitter = (target: EmitContext) => Emission;

/** Object and path that a resource comes from, never a file or a line: moving a manifest must not change a template. */
export const originMetadata = (origin: Origin) => ({
  'i2kit:origin': `${objectName(origin.object)}${origin.path.length === 0 ? '' : `#${jsonPointer(origin.path)}`}`,
});

export const emitContextOf = (plan: Plan, options: CompileOptions): EmitContext => {
  const groups = new Map(plan.groups.map((group) => [group.key, group]));
  const balancers = new Map(plan.loadBalancers.map((balancer) => [balancer.key, balancer]));
  return {
    plan,
    options,
    config: options.config ?? {},
    existing: existingResourcesOf(options.config ?? {}, options.env, options.context) ?? {},
    workloads: [...new Map(plan.groups.map((group) => [objectName(group.origin.object), group])).values()],
    group: (key) => presentIn(groups.get(key), key),
    loadBalancer: (key) => presentIn(balancers.get(key), key),
    endpointsOf: lookupBy(plan.endpoints, (endpoint) => endpoint.backends),
    endpointsOn: lookupBy(plan.endpoints, (endpoint) => [endpoint.loadBalancer]),
    routerBackendsOf: lookupBy(
      plan.routers.flatMap((router) => router.backends.map((backend): RoutedBackend => ({ router, backend }))),
      ({ backend }) => backend.groups,
    ),
    volumesOf: lookupBy(plan.volumes, (volume) => (volume.group === undefined ? [] : [volume.group])),
  };
};

function presentIn<T>(value: T | undefined, key: string): T {
  if (value === undefined) throw new Error(`the plan refers to ${key} and does not hold it`);
  return value;
}

function lookupBy<T>(
  items: readonly T[],
  keysOf: (item: T) => readonly string[],
): (of: { readonly key: string }) => readonly T[] {
  const found = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const list = found.get(key);
      if (list === undefined) found.set(key, [item]);
      else list.push(item);
    }
  }
  return ({ key }) => found.get(key) ?? [];
}
