// Assigns load balancers: internal endpoints share one while their ports differ; public endpoints have their own.
//
// The k-th Service by name on a port uses the k-th load balancer. The lock keeps each assignment, so a new Service
// moves no other; a slot that becomes free is reused immediately.
import { appRef } from '../diagnostic.ts';
import type { CompileOptions } from '../options.ts';
import type { Endpoint, LoadBalancer } from '../plan.ts';
import type { PendingEndpoint } from './endpoints.ts';

/** Maximum number of listeners of a network load balancer. */
const maxListeners = 50;

export interface LoadBalancerAssignment {
  readonly loadBalancers: readonly LoadBalancer[];
  readonly endpoints: readonly Endpoint[];
  readonly slots: Readonly<Record<string, number>>;
}

export function assignmentOf(drafts: readonly PendingEndpoint[], options: CompileOptions): LoadBalancerAssignment {
  const slots = slotsOf(
    drafts.filter((draft) => draft.placement === 'shared'),
    options.lock?.loadBalancers ?? {},
  );
  const balancers = new Map<string, LoadBalancer>();
  const endpoints = drafts.map(({ via: _, visibility, placement, crossZone, ...endpoint }): Endpoint => {
    const slot = slots[endpoint.key];
    const key =
      slot !== undefined
        ? `internal/${slot}`
        : typeof placement === 'object'
          ? `named/${placement.named}`
          : endpoint.key;
    const origin =
      slot === undefined && typeof placement !== 'object' ? endpoint.origin : { object: appRef(options.app), path: [] };
    balancers.set(key, { origin, key, visibility, ...(slot === undefined ? {} : { slot }), crossZone });
    return { ...endpoint, loadBalancer: key };
  });
  const ordered = [...balancers.keys()].sort().flatMap((key) => balancers.get(key) ?? []);
  return { loadBalancers: ordered, endpoints, slots };
}

function slotsOf(drafts: readonly PendingEndpoint[], locked: Readonly<Record<string, number>>): Record<string, number> {
  const taken: Set<number>[] = [];
  const slots: Record<string, number> = {};
  const place = (draft: PendingEndpoint, slot: number) => {
    const used = taken[slot] ?? new Set();
    taken[slot] = used;
    for (const number of listenerPortsOf(draft)) used.add(number);
    slots[draft.key] = slot;
  };
  const fits = (draft: PendingEndpoint, slot: number) => {
    const used = taken[slot];
    const wanted = listenerPortsOf(draft);
    return (
      used === undefined || (used.size + wanted.length <= maxListeners && !wanted.some((number) => used.has(number)))
    );
  };
  const waiting: PendingEndpoint[] = [];
  for (const draft of drafts) {
    const slot = locked[draft.key];
    // A Service with a new port may no longer fit on its load balancer.
    if (slot !== undefined && fits(draft, slot)) place(draft, slot);
    else waiting.push(draft);
  }
  for (const draft of waiting) {
    let slot = 1;
    while (!fits(draft, slot)) slot += 1;
    place(draft, slot);
  }
  return Object.fromEntries(
    Object.keys(slots)
      .sort()
      .map((key) => [key, slots[key] ?? 1]),
  );
}

const listenerPortsOf = (draft: PendingEndpoint) => draft.ports.flatMap((port) => port.listenerPorts);
