import { serviceRouting } from '../../../src/2-check/rules/serviceRouting.ts';
import { deployment, inContainer, networkPolicy, service, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const way = (of: string, changes: Readonly<Record<string, unknown>> = {}) =>
  withFields(service, { 'metadata.annotations': { 'i2kit.dev/via': of }, ...changes });
const asked = 'metadata.annotations["i2kit.dev/via"]';

it.each<[string, string, Record<string, unknown>, readonly string[]]>([
  ['HTTP by its name', 'alb-host', {}, []],
  ['a load balancer of its own', 'alb-host', { 'spec.type': 'LoadBalancer' }, [`I2K441 ${asked}`]],
  ['no address', 'dns', { 'spec.clusterIP': 'None' }, [`I2K441 ${asked}`]],
  ['UDP by host', 'alb-host', { 'spec.ports[0].protocol': 'UDP' }, ['I2K441 spec.ports[0].protocol']],
  ['UDP at the machines', 'dns', { 'spec.ports[0].protocol': 'UDP' }, []],
  ['TLS', 'alb-host', { 'spec.ports[0].port': 443 }, ['I2K441 spec.ports[0].port']],
  ['another protocol by its name', 'alb-host', { 'spec.ports[0].name': 'redis-main' }, ['I2K441 spec.ports[0].port']],
  ['another protocol by number', 'alb-host', { 'spec.ports[0].targetPort': 5432 }, ['I2K441 spec.ports[0].port']],
  ['HTTP for certain', 'alb-host', { 'spec.ports[0].targetPort': 5432, 'spec.ports[0].appProtocol': 'http' }, []],
  ['HTTP/2', 'alb-host', { 'spec.ports[0].appProtocol': 'kubernetes.io/h2c' }, ['I2K441 spec.ports[0].appProtocol']],
  ['clients that stay', 'alb-host', { 'spec.sessionAffinity': 'ClientIP' }, ['I2K441 spec.sessionAffinity']],
  ['clients that stay', 'dns', { 'spec.sessionAffinity': 'ClientIP' }, ['I2K441 spec.sessionAffinity']],
  [
    'their address',
    'alb-host',
    { 'spec.type': 'NodePort', 'spec.externalTrafficPolicy': 'Local' },
    ['I2K441 spec.externalTrafficPolicy'],
  ],
  [
    'a load balancer that it chose',
    'dns',
    { 'metadata.annotations': { 'i2kit.dev/via': 'dns', 'i2kit.dev/load-balancer': 'own' } },
    ['I2K441 metadata.annotations["i2kit.dev/load-balancer"]'],
  ],
  ["the agent's port", 'dns', { 'spec.ports[0].port': 10256 }, ['I2K442 spec.ports[0].port']],
])('%s by %s', (_, of, changes, expected) =>
  expect(findingsOf(serviceRouting, [deployment, way(of, changes)])).toEqual(expected),
);

it('a port of a machine leads to one place', () => {
  const two = inContainer({ ports: [{ name: 'http', containerPort: 8080 }, { containerPort: 80 }] });
  expect(findingsOf(serviceRouting, [two, way('dns')])).toEqual(['I2K442 spec.ports[0].port']);
  const one = inContainer({ ports: [{ name: 'http', containerPort: 8080 }, { containerPort: 9090 }] });
  const other = withFields(way('dns'), { 'metadata.name': 'other', 'spec.ports[0].targetPort': 9090 });
  expect(findingsOf(serviceRouting, [one, way('dns'), other])).toEqual([
    'I2K442 spec.ports[0].port',
    'I2K442 spec.ports[0].port',
  ]);
});

it('the app says it for those that do not', () => {
  const told = (objects: Parameters<typeof findingsOf>[1]) =>
    findingsOf(serviceRouting, objects, [], { app: 'shop', env: 'default', config: { via: 'alb-host' } });
  const plain = withFields(service, { 'spec.ports[0].port': 6379 });
  expect(told([deployment, plain])).toEqual(['I2K441 spec.ports[0].port']);
  expect(told([deployment, withFields(plain, { 'spec.type': 'LoadBalancer' })])).toEqual([]);
  expect(told([deployment, withFields(plain, { 'metadata.annotations': { 'i2kit.dev/via': 'nlb' } })])).toEqual([]);
});

it('a bare name is of one Service', () => {
  const there = [deployment, way('alb-host')].map((object) => withFields(object, { 'metadata.namespace': 'staging' }));
  expect(findingsOf(serviceRouting, [deployment, way('alb-host'), ...there])).toEqual(['I2K443 metadata.name']);
});

it('keeps no policy', () => {
  expect(findingsOf(serviceRouting, [deployment, way('alb-host'), networkPolicy])).toEqual([`I2K444 ${asked}`]);
  expect(findingsOf(serviceRouting, [deployment, way('dns'), networkPolicy])).toEqual([]);
});
