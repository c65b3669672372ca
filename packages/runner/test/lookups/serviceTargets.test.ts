// The targets of a Service in other stacks: by labels and namespace, on all its ports, internal load balancers first.
import { findServiceTargets, type ServiceSelector } from '../../src/lookups/serviceTargets.ts';
import type { ReachableLoadBalancer, ServiceLookupPort, TaggedMachineGroup } from '../../src/ports/serviceLookup.ts';

const group = (
  name: string,
  labels: Record<string, string>,
  more: Partial<TaggedMachineGroup> = {},
): TaggedMachineGroup => ({
  object: `Deployment/default/${name}`,
  namespace: 'default',
  stack: 'prod-data',
  labels,
  targetGroups: [`tg-${name}`],
  ...more,
});

const balancer = (
  dnsName: string,
  ports: ReachableLoadBalancer['listeners'],
  internal = true,
): ReachableLoadBalancer => ({
  dnsName,
  zone: 'Z1',
  internal,
  listeners: ports,
});
const on = (port: number, targets: string, protocol = 'TCP') => ({ port, protocol, targetGroups: [`tg-${targets}`] });

function around(groups: readonly TaggedMachineGroup[], balancers: readonly ReachableLoadBalancer[]) {
  const asked: (readonly string[])[] = [];
  const port: ServiceLookupPort = {
    listGroups: async () => groups,
    async listLoadBalancers(targets) {
      asked.push(targets);
      return balancers;
    },
    findOwner: async () => undefined,
  };
  return {
    asked,
    find: (service: ServiceSelector) =>
      findServiceTargets(port, { env: 'prod', stack: 'prod-shop' }, [service]).then(([found]) => found),
  };
}

const db: ServiceSelector = { namespace: 'default', selector: { app: 'db' }, ports: [{ port: 5432, protocol: 'TCP' }] };
const labels = { app: 'db', tier: 'data' };

test('weights are the number of groups, and the order is that of names', async () => {
  const { find, asked } = around(
    [group('a', labels), group('b', labels), group('c', labels), group('no', { app: 'web' })],
    [balancer('z', [on(5432, 'c')]), balancer('y', [on(5432, 'a'), on(5432, 'b')]), balancer('x', [on(80, 'a')])],
  );
  expect(await find(db)).toEqual({
    balancers: [
      { dnsName: 'y', zone: 'Z1', weight: 2, stack: 'prod-data' },
      { dnsName: 'z', zone: 'Z1', weight: 1, stack: 'prod-data' },
    ],
    unreachable: [],
  });
  expect(asked).toEqual([['tg-a', 'tg-b', 'tg-c']]);
});

test.each([
  ['another namespace', group('a', labels, { namespace: 'b' })],
  ["the input's own stack", group('a', labels, { stack: 'prod-shop' })],
  ['a label less', group('a', { tier: 'data' })],
  ['a name that every object has', group('a', {}, { labels: Object.create({ app: 'db' }) })],
])('%s is not selected', async (_, other) => {
  const { find, asked } = around([other], [balancer('x', [on(5432, 'a')])]);
  expect(await find(db)).toEqual({ balancers: [], unreachable: [] });
  expect(asked).toEqual([]);
});

test('it listens on every port, by its protocol, and leads there', async () => {
  const both: ServiceSelector = { ...db, ports: [...db.ports, { port: 53, protocol: 'UDP' }] };
  const reached = async (...ports: ReachableLoadBalancer['listeners']) =>
    (await around([group('a', labels)], [balancer('x', ports)]).find(both))?.balancers.length;
  expect(await reached(on(5432, 'a'))).toBe(0);
  expect(await reached(on(5432, 'a'), on(53, 'a'))).toBe(0);
  expect(await reached(on(5432, 'a', 'TLS'), on(53, 'a', 'UDP'))).toBe(1);
  expect(await reached(on(5432, 'a', 'TCP_UDP'), on(53, 'a', 'TCP_UDP'))).toBe(1);
  expect(await reached(on(5432, 'other'), on(53, 'a', 'UDP'))).toBe(0);
});

test('a public one counts where there is no other; what nothing leads to is told', async () => {
  const outer = balancer('out', [on(5432, 'a')], false);
  const { find } = around([group('a', labels), group('b', labels)], [outer]);
  expect(await find(db)).toMatchObject({
    balancers: [{ dnsName: 'out' }],
    unreachable: ['Deployment/default/b of prod-data'],
  });
  const inner = around([group('a', labels)], [outer, balancer('in', [on(5432, 'a')])]);
  expect(await inner.find(db)).toMatchObject({ balancers: [{ dnsName: 'in' }], unreachable: [] });
});
