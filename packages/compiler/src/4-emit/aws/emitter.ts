// Input and output of an emitter, one of the functions that turn the plan into resources.
import type { Json } from '@i2kit/common';
import type { Finding } from '../../diagnostic.ts';
import { jsonPointer, objectName } from '../../diagnostic.ts';
import { existingResourcesOf } from '../../existingResources.ts';
import type { CompileOptions, Config, ExistingResources } from '../../options.ts';
import type { Endpoint, LoadBalancer, MachineGroup, Origin, Plan, Router, RouterBackend, Volume } from '../../plan.ts';
import type { Asset } from '../../stack.ts';
import type { Mapping, Output, Parameter, Resource } from '../../template.ts';

/** The plan with look-ups that several emitters share. */
export interface EmitContext {
  readonly plan: Plan;
  readonly options: CompileOptions;
  readonly config: Config;
  /** Existing resources that were looked up for the current settings. */
  readonly existing: Partial<ExistingResources>;
  /** One group of each workload, for resources that its groups share. */
  readonly workloads: readonly MachineGroup[];
  readonly group: (key: string) => MachineGroup;
  readonly loadBalancer: (key: string) => LoadBalancer;
  readonly endpointsOf: (group: MachineGroup) => readonly Endpoint[];
  readonly endpointsOn: (balancer: LoadBalancer) => readonly Endpoint[];
  readonly routerBackendsOf: (group: MachineGroup) => readonly RoutedBackend[];
  readonly volumesOf: (group: MachineGroup) => readonly Volume[];
}

/** A port of a machine group with the router that forwards to it. */
export interface RoutedBackend {
  readonly router: Router;
  readonly backend: RouterBackend;
}

/** Sections are keyed by the ids of logicalIds.ts. */
export interface Emission {
  readonly resources?: Readonly<Record<string, Resource>>;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly mappings?: Readonly<Record<string, Mapping>>;
  readonly outputs?: Readonly<Record<string, Output>>;
  /** Metadata of the whole template. */
  readonly metadata?: Readonly<Record<string, Json>>;
  readonly assets?: readonly Asset[];
  readonly findings?: readonly Finding[];
}

/** A resource with its logical id. */
export type ResourceEntry = readonly [string, Resource];

export type Emitter = (context: EmitContext) => Emission;

/**
 * Object and path that a resource comes from. Without file and line, so that moving a manifest does not change the
 * template.
 */
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
  if (value === undefined) throw new Error(`the plan refers to ${key} but does not contain it`);
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
