// Decides which resources belong to a workload's own stack, and which to the stack that the workloads share.
//
// The stack depends on the resource only, so that adding a workload moves nothing. Resources that other stacks refer
// to are shared: all references lead to the shared stack, so there is no cycle.
import type { Resource } from '../../../template.ts';
import { referencedIds } from '../references.ts';

export type Resources = Readonly<Record<string, Resource>>;

/** Types that outlive their workload or serve several. */
const sharedTypes: ReadonlySet<string> = new Set([
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Volume',
]);

/** A listener of an application load balancer forwards to every workload that has a route. */
const isShared = (body: Resource): boolean =>
  sharedTypes.has(body.Type) ||
  (body.Type === 'AWS::ElasticLoadBalancingV2::Listener' &&
    ['HTTP', 'HTTPS'].includes(String(body.Properties.Protocol)));

/** Workload by resource id; missing ids are shared. `workloads` holds names like `Deployment/default/web`. */
export function stackPlacement(resources: Resources, workloads: ReadonlySet<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const open: string[] = [];
  for (const [id, body] of Object.entries(resources)) {
    const owner = String(body.Metadata?.['i2kit:origin'] ?? '').split('#')[0] ?? '';
    if (isShared(body) || owner.startsWith('App/')) continue;
    if (workloads.has(owner)) found.set(id, owner);
    else open.push(id);
  }
  placeDependents(resources, found, open);
  shareCrossReferenced(resources, found);
  return found;
}

/**
 * Resources of a Service, route or autoscaler belong to the one workload that they are connected to, if it is exactly
 * one.
 */
function placeDependents(resources: Resources, found: Map<string, string>, open: readonly string[]): void {
  const ties = referenceGraph(resources);
  let left = open;
  for (let grown = true; grown; ) {
    const still = left.filter((id) => {
      const owners = new Set([...(ties.get(id) ?? [])].flatMap((other) => found.get(other) ?? []));
      const [owner] = owners;
      if (owner === undefined) return true;
      if (owners.size === 1) found.set(id, owner);
      return false;
    });
    grown = still.length < left.length;
    left = still;
  }
}

/** References in both directions. */
function referenceGraph(resources: Resources): ReadonlyMap<string, ReadonlySet<string>> {
  const ties = new Map(Object.keys(resources).map((id) => [id, new Set<string>()]));
  for (const [id, body] of Object.entries(resources)) {
    for (const other of referencedIds(body)) {
      if (!ties.has(other)) continue;
      ties.get(id)?.add(other);
      ties.get(other)?.add(id);
    }
  }
  return ties;
}

/** Repeats until every stack refers to the shared one only. */
function shareCrossReferenced(resources: Resources, found: Map<string, string>): void {
  for (let again = true; again; ) {
    again = false;
    for (const [id, body] of Object.entries(resources)) {
      for (const other of [...referencedIds(body), ...(body.DependsOn ?? [])]) {
        if (!found.has(other) || found.get(other) === found.get(id)) continue;
        found.delete(other);
        again = true;
      }
    }
  }
}
