// Endpoints: ports, placement and names of Services, and of workloads that no Service selects.
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import type { Config } from '../../src/options.ts';
import { deployment, service, withFields } from '../helpers/objects.ts';
import { planOf, withPod } from './plans.ts';

const aws = 'service.beta.kubernetes.io/aws-load-balancer';
const certificate = 'arn:aws:acm:eu-west-1:123456789012:certificate/a';

function endpointOf(fields: Readonly<Record<string, unknown>>, annotations: object = {}, config: Config = {}) {
  const plan = planOf([deployment, withFields(service, { 'metadata.annotations': annotations, ...fields })], config);
  const endpoint = plan.endpoints.find(({ key }) => key === 'Service/default/web');
  const balancer = plan.loadBalancers.find(({ key }) => key === endpoint?.loadBalancer);
  return { ...endpoint, balancer, ports: endpoint?.ports ?? [] };
}
const ports = (...list: readonly object[]) => ({ 'spec.ports': list });

describe('ports', () => {
  test('have a number, a target and an origin', () => {
    const [http, other, ...more] = endpointOf(
      ports({ name: 'a', port: 81, targetPort: 'http' }, { name: 'b', port: 82 }),
    ).ports;
    expect(more).toEqual([]);
    expect(http).toMatchObject({ name: 'a', protocol: 'TCP', port: 81, targetPort: 80, listenerPorts: [81] });
    expect(http?.origin.path).toEqual(['spec', 'ports', 0]);
    expect(other).toMatchObject({ name: 'b', port: 82, targetPort: 82 });
    expect(endpointOf(ports({ port: 80 })).ports[0]).not.toHaveProperty('name');
  });

  test('of both protocols are one listener only with one number and one target', () => {
    const tcp = { name: 't', port: 53, targetPort: 53 };
    const protocols = (udp: object) =>
      endpointOf(ports(tcp, { ...udp, name: 'u', protocol: 'UDP' })).ports.map(({ protocol, port, targetPort }) => [
        protocol,
        port,
        targetPort,
      ]);
    expect(protocols({ port: 53, targetPort: 53 })).toEqual([['TCP_UDP', 53, 53]]);
    expect(protocols({ port: 54, targetPort: 53 })).toEqual([
      ['TCP', 53, 53],
      ['UDP', 54, 53],
    ]);
  });

  test.each([
    ['all TCP ports', {}, [certificate, certificate]],
    ['those of a number', { [`${aws}-ssl-ports`]: '443' }, [certificate, undefined]],
    ['those of a name', { [`${aws}-ssl-ports`]: 'plain' }, [undefined, certificate]],
    ['all that are asked for', { [`${aws}-ssl-ports`]: '*' }, [certificate, certificate]],
  ])('with a certificate are %s', (_, annotations, expected) => {
    const { ports: found } = endpointOf(
      {
        'spec.type': 'LoadBalancer',
        ...ports({ name: 'tls', port: 443, targetPort: 80 }, { name: 'plain', port: 80 }),
      },
      { [`${aws}-ssl-cert`]: certificate, ...annotations },
    );
    expect(found.map((port) => port.certificate)).toEqual(expected);
  });

  test('of UDP have no certificate', () => {
    const { ports: found } = endpointOf(
      { 'spec.type': 'LoadBalancer', ...ports({ name: 'u', port: 53, protocol: 'UDP' }, { name: 't', port: 443 }) },
      { [`${aws}-ssl-cert`]: certificate, [`${aws}-ssl-ports`]: '*' },
    );
    expect(found.map(({ protocol, certificate: own }) => [protocol, own])).toEqual([
      ['UDP', undefined],
      ['TCP', certificate],
    ]);
  });
});

describe('load balancers', () => {
  const balanced = { 'spec.type': 'LoadBalancer' };

  test.each([
    ['a Service', {}, {}, 'internal', 1],
    ['of its own', {}, { 'i2kit.dev/load-balancer': 'own' }, 'internal', undefined],
    ['a public one', balanced, {}, 'public', undefined],
    ['an internal one', balanced, { [`${aws}-scheme`]: 'internal' }, 'internal', undefined],
    ['an internal one, as it was said before', balanced, { [`${aws}-internal`]: 'true' }, 'internal', undefined],
    ['a public one, as it is said', balanced, { [`${aws}-scheme`]: 'internet-facing' }, 'public', undefined],
  ])('%s', (_, fields, annotations, visibility, slot) => {
    const { balancer, publicName } = endpointOf(fields, annotations);
    expect([balancer?.visibility, balancer?.slot]).toEqual([visibility, slot]);
    expect(publicName).toBe(visibility === 'public');
  });

  test('cross zones unless told not to', () => {
    const name = `${aws}-cross-zone-load-balancing-enabled`;
    const own = { 'i2kit.dev/load-balancer': 'own' };
    expect(endpointOf({}, own).balancer?.crossZone).toBe(true);
    expect(endpointOf({}, { ...own, [name]: 'true' }).balancer?.crossZone).toBe(true);
    expect(endpointOf({}, { ...own, [name]: 'false' }).balancer?.crossZone).toBe(false);
  });

  test('settings of a Service', () => {
    expect(endpointOf({})).toMatchObject({ sticky: false, preserveClientAddress: false, sourceRanges: [] });
    expect(
      endpointOf({
        ...balanced,
        'spec.sessionAffinity': 'ClientIP',
        'spec.externalTrafficPolicy': 'Local',
        'spec.loadBalancerSourceRanges': ['10.0.0.0/8'],
      }),
    ).toMatchObject({ sticky: true, preserveClientAddress: true, sourceRanges: ['10.0.0.0/8'] });
  });
});

describe('workloads without a Service', () => {
  const endpoints = (objects: readonly JsonObject[], config: Config = {}) =>
    planOf(objects, config).endpoints.map(({ key, ports: list, publicName }) => [
      key,
      list.map(({ port, listenerPorts, targetPort }) => [port, ...listenerPorts, targetPort]),
      publicName,
    ]);
  const exposed = (value: string) => withFields(deployment, { 'metadata.annotations': { 'i2kit.dev/expose': value } });

  test('are reached at their ports, by their own names', () => {
    expect(endpoints([deployment])).toEqual([['Deployment/default/web', [[80, 80, 80]], false]]);
    expect(endpoints([withPod({ containers: [{ name: 'a', image: 'a:1' }] })])).toEqual([]);
    expect(endpoints([exposed('none')])).toEqual([]);
    expect(endpoints([exposed('public')])).toEqual([['Deployment/default/web', [[80, 80, 80]], true]]);
    expect(endpoints([deployment], { via: 'dns' })).toEqual([]);
  });

  test('have a load balancer of their own if they are public', () => {
    const balancers = (object: JsonObject) =>
      planOf([object]).loadBalancers.map(({ visibility, slot, crossZone }) => [visibility, slot, crossZone]);
    expect(balancers(deployment)).toEqual([['internal', 1, true]]);
    expect(balancers(exposed('public'))).toEqual([['public', undefined, true]]);
  });

  test('give way to a Service of their name, also in the same namespace alone', () => {
    const other = withFields(service, { 'spec.selector': { app: 'other' } });
    expect(endpoints([deployment, other])).toEqual([]);
    expect(endpoints([deployment, withFields(other, { 'metadata.namespace': 'else' })])).toHaveLength(1);
    // A selected one has no endpoint of its own, unless it asks for it.
    const named = withFields(service, { 'metadata.name': 'other' });
    expect(endpoints([deployment, named]).map(([key]) => key)).toEqual(['Service/default/other']);
    expect(endpoints([exposed('internal'), named]).map(([key]) => key)).toEqual([
      'Service/default/other',
      'Deployment/default/web',
    ]);
  });
});
