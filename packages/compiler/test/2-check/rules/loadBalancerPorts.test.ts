// Rule loadBalancerPorts: a load balancer listens once on a port.
import { loadBalancerPorts } from '../../../src/2-check/rules/loadBalancerPorts.ts';
import type { JsonObject } from '../../../src/kinds/shared/defaults/jsonObject.ts';
import { service, withFields, withValueAt } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const named = (name: string, balancer?: string, changes: Readonly<Record<string, unknown>> = {}): JsonObject => {
  const own = withFields(service, { 'metadata.name': name, ...changes });
  return balancer === undefined
    ? own
    : withValueAt(own, ['metadata', 'annotations', 'i2kit.dev/load-balancer'], balancer);
};

it('refuses two Services on one port of a load balancer that both name', () => {
  expect(findingsOf(loadBalancerPorts, [named('a', 'shop'), named('b', 'shop')])).toEqual([
    'I2K438 spec.ports[0].port',
  ]);
  expect(findingsOf(loadBalancerPorts, [named('a', 'shop'), named('b', 'shop', { 'spec.ports[0].port': 81 })])).toEqual(
    [],
  );
  const byNode = named('b', 'shop', { 'spec.type': 'NodePort', 'spec.ports': [{ port: 30080 }] });
  expect(
    findingsOf(loadBalancerPorts, [
      named('a', 'shop', { 'spec.type': 'NodePort', 'spec.ports[0].nodePort': 30080 }),
      byNode,
    ]),
  ).toHaveLength(1);
});

it('lets others share, or not', () => {
  expect(
    findingsOf(loadBalancerPorts, [
      named('a'),
      named('b'),
      named('c', 'own'),
      named('d', 'own'),
      named('e', 'x'),
      named('f', 'y'),
    ]),
  ).toEqual([]);
  expect(
    findingsOf(loadBalancerPorts, [named('a', 'shop'), named('b', 'own', { 'spec.type': 'LoadBalancer' })]),
  ).toEqual([]);
  expect(
    findingsOf(loadBalancerPorts, [named('a', 'shop'), named('b', 'shop', { 'spec.type': 'LoadBalancer' })]),
  ).toHaveLength(1);
});

it('lets one Service have TCP and UDP on a port, to one port', () => {
  const dns = (target: number) =>
    named('dns', undefined, {
      'spec.ports': [
        { name: 'a', port: 53 },
        { name: 'b', port: 53, protocol: 'UDP', targetPort: target },
      ],
    });
  expect(findingsOf(loadBalancerPorts, [dns(53)])).toEqual([]);
  expect(findingsOf(loadBalancerPorts, [dns(54)])).toEqual(['I2K438 spec.ports[1].port']);
});
