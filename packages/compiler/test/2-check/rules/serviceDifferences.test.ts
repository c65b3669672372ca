// Rule serviceManners: what types and protocols mean without nodes.
import { serviceDifferences } from '../../../src/2-check/rules/serviceDifferences.ts';
import { service, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

it('warns of NodePort and UDP', () => {
  expect(findingsOf(serviceDifferences, [withFields(service, { 'spec.type': 'NodePort' })])).toEqual([
    'I2K531 spec.type',
  ]);
  expect(findingsOf(serviceDifferences, [withFields(service, { 'spec.ports[0].protocol': 'UDP' })])).toEqual([
    'I2K535 spec.ports[0].protocol',
  ]);
});

it('says nothing of others', () => {
  expect(findingsOf(serviceDifferences, [service, withFields(service, { 'spec.type': 'LoadBalancer' })])).toEqual([]);
  expect(
    findingsOf(serviceDifferences, [
      withFields(service, { 'spec.clusterIP': 'None', 'spec.ports[0].protocol': 'UDP' }),
    ]),
  ).toEqual([]);
});
