// Rule serviceManners: what types and protocols mean without nodes.
import { serviceManners } from '../../../src/2-check/rules/serviceManners.ts';
import { having, service } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

it('warns of NodePort and UDP', () => {
  expect(said(serviceManners, [having(service, { 'spec.type': 'NodePort' })])).toEqual(['I2K531 spec.type']);
  expect(said(serviceManners, [having(service, { 'spec.ports[0].protocol': 'UDP' })])).toEqual(['I2K535 spec.ports[0].protocol']);
});

it('says nothing of others', () => {
  expect(said(serviceManners, [service, having(service, { 'spec.type': 'LoadBalancer' })])).toEqual([]);
  expect(said(serviceManners, [having(service, { 'spec.clusterIP': 'None', 'spec.ports[0].protocol': 'UDP' })])).toEqual([]);
});
