// Rule serviceType: fields that go with some types only.
import { serviceType } from '../../../src/2-check/rules/serviceType.ts';
import { having, service } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const spec = (changes: Readonly<Record<string, unknown>>) =>
  said(serviceType, [having(service, Object.fromEntries(Object.entries(changes).map(([path, value]) => [`spec.${path}`, value])))]);

it('takes what goes together', () => {
  expect(spec({})).toEqual([]);
  expect(spec({ clusterIP: 'None', ports: undefined })).toEqual([]);
  expect(spec({ type: 'ExternalName', externalName: 'a.example', ports: undefined })).toEqual([]);
  expect(
    spec({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'], externalTrafficPolicy: 'Local', healthCheckNodePort: 30000 }),
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
