// Rules serviceTypeFields, externalNames and loadBalancerSourceRanges.

import { externalNames, loadBalancerSourceRanges, serviceTypeFields } from '../../../src/2-check/rules/serviceTypes.ts';
import { service, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

// Rule serviceType: fields that go with some types only.

const spec = (changes: Readonly<Record<string, unknown>>) =>
  findingsOf(serviceTypeFields, [
    withFields(service, Object.fromEntries(Object.entries(changes).map(([path, value]) => [`spec.${path}`, value]))),
  ]);

it('takes what goes together', () => {
  expect(spec({})).toEqual([]);
  expect(spec({ clusterIP: 'None', ports: undefined })).toEqual([]);
  expect(spec({ type: 'ExternalName', externalName: 'a.example', ports: undefined })).toEqual([]);
  expect(
    spec({
      type: 'LoadBalancer',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 30000,
    }),
  ).toEqual([]);
  expect(spec({ type: 'NodePort', externalTrafficPolicy: 'Local', 'ports[0].nodePort': 30000 })).toEqual([]);
  expect(spec({ sessionAffinity: 'ClientIP' })).toEqual([]);
});

it.each([
  [{ ports: undefined }, 'spec'],
  [{ ports: [] }, 'spec.ports'],
  [{ type: 'LoadBalancer', clusterIP: 'None' }, 'spec.clusterIP'],
  [{ type: 'NodePort', clusterIP: 'None' }, 'spec.clusterIP'],
  [{ type: 'ExternalName', clusterIP: '10.0.0.1' }, 'spec.clusterIP'],
  [{ 'ports[0].nodePort': 30000 }, 'spec.ports[0].nodePort'],
  [{ loadBalancerSourceRanges: ['10.0.0.0/8'] }, 'spec.loadBalancerSourceRanges'],
  [{ allocateLoadBalancerNodePorts: false }, 'spec.allocateLoadBalancerNodePorts'],
  [{ loadBalancerClass: 'a/b' }, 'spec.loadBalancerClass'],
  [{ externalTrafficPolicy: 'Local' }, 'spec.externalTrafficPolicy'],
  [{ type: 'NodePort', healthCheckNodePort: 30000 }, 'spec.healthCheckNodePort'],
])('refuses %j', (changes, path) => expect(spec(changes)).toEqual([`I2K327 ${path}`]));

// Rule externalName: a host's DNS name.

const target = (name: unknown) =>
  findingsOf(externalNames, [withFields(service, { 'spec.type': 'ExternalName', 'spec.externalName': name })]);

it.each(['db.example.com', 'db.example.com.', 'localhost'])('takes %s', (name) => expect(target(name)).toEqual([]));
it.each(['10.0.0.1', 'fd00::1', 'a b', 'https://example.com', 'Example.com', ''])('refuses %j', (name) =>
  expect(target(name)).toEqual(['I2K328 spec.externalName']),
);
it('wants one', () => expect(target(undefined)).toEqual(['I2K328 spec']));
it('says nothing of other types', () => expect(findingsOf(externalNames, [service])).toEqual([]));

// Rule sourceRanges: CIDR blocks of IPv4.

const range = (one: string) =>
  findingsOf(loadBalancerSourceRanges, [
    withFields(service, { 'spec.type': 'LoadBalancer', 'spec.loadBalancerSourceRanges': [one] }),
  ]);

it.each(['203.0.113.0/24', '0.0.0.0/0', '10.0.0.1/32'])('takes %s', (one) => expect(range(one)).toEqual([]));
it.each(['203.0.113.0', '10.0.0.0/33', '256.0.0.0/8', '10.0.0/8', '010.0.0.0/8', '10.0.0.0/08', 'x', ''])(
  'refuses %j',
  (one) => {
    expect(range(one)).toEqual(['I2K329 spec.loadBalancerSourceRanges[0]']);
  },
);
it.each(['::/0', '2001:db8::/32'])('has no IPv6: %s', (one) =>
  expect(range(one)).toEqual(['I2K432 spec.loadBalancerSourceRanges[0]']),
);
