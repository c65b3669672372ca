// Services that are names of their machines (`via: dns`): no load balancer listens, so the machines do, on the Service's own ports.
import type { Redirect } from '../generated/agent-v1.ts';
import type { Manifests } from '../manifest.ts';
import type { HeadlessName, MachineGroup, PortRange, Protocol } from '../plan.ts';
import type { Draft } from './service.ts';

export const nameOfMachines = ({ origin, key, namespace, name, backends, ports }: Draft, all: Manifests): HeadlessName => ({
  origin,
  key,
  namespace,
  name,
  backends,
  ports,
  notReady: all.get('Service', namespace, name)?.object.spec.publishNotReadyAddresses === true,
  balances: true,
});

/** The name with the ports at which its machines are called beside those that answer. */
export const servedPorts = (name: HeadlessName): HeadlessName =>
  name.balances
    ? { ...name, ports: name.ports.flatMap((port) => [port, ...port.listeners.map((listener) => ({ ...port, targetPort: listener }))]) }
    : name;

/** The group with what its machines redirect: the Service's ports that are not the pod's. */
export function redirected(group: MachineGroup, names: readonly HeadlessName[]): MachineGroup {
  const found = new Map<string, Redirect>();
  for (const { balances, backends, ports } of names) {
    if (!balances || !backends.includes(group.key)) continue;
    for (const { protocol, listeners, targetPort } of ports) {
      for (const one of protocol.split('_') as Protocol[]) {
        for (const port of listeners) if (port !== targetPort) found.set(`${one}${port}`, { protocol: one, port, to: targetPort });
      }
    }
  }
  const redirects = [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
  return redirects.length === 0 ? group : { ...group, pod: { ...group.pod, redirects } };
}

/** Ports of the pod, as they are called from outside of the machine: with those that lead to them, and without those that lead elsewhere. */
export function throughRedirects(ranges: readonly PortRange[], { pod }: Pick<MachineGroup, 'pod'>): readonly PortRange[] {
  const covers = ({ protocol, port }: { readonly protocol: Protocol; readonly port: number }) =>
    ranges.some((range) => range.protocol === protocol && range.from <= port && port <= range.to);
  let found = ranges;
  for (const { protocol, port, to } of pod.redirects ?? []) {
    const leadsIn = covers({ protocol, port: to });
    if (leadsIn && !covers({ protocol, port })) found = found.concat({ protocol, from: port, to: port });
    if (!leadsIn) found = found.flatMap((range) => without(range, protocol, port));
  }
  return found;
}

function without(range: PortRange, protocol: Protocol, port: number): readonly PortRange[] {
  if (range.protocol !== protocol || port < range.from || port > range.to) return [range];
  return [
    { ...range, to: port - 1 },
    { ...range, from: port + 1 },
  ].filter(({ from, to }) => from <= to);
}
