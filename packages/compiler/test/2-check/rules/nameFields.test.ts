// Rule texts: names in other fields than metadata.
import { nameFields } from '../../../src/2-check/rules/nameFields.ts';
import { claim, inContainer, inPod, service, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

it('refuses names that nothing can have', () => {
  expect(findingsOf(nameFields, [inContainer({ envFrom: [{ configMapRef: { name: 'A' } }] })])).toEqual([
    'I2K332 ~c.envFrom[0].configMapRef.name',
  ]);
  expect(findingsOf(nameFields, [inPod({ priorityClassName: 'a b' })])).toEqual(['I2K332 ~p.priorityClassName']);
  expect(findingsOf(nameFields, [withFields(service, { 'spec.ports[0].appProtocol': 'a b' })])).toEqual([
    'I2K332 spec.ports[0].appProtocol',
  ]);
  expect(findingsOf(nameFields, [withFields(claim, { 'spec.storageClassName': 'A' })])).toEqual([
    'I2K332 spec.storageClassName',
  ]);
});

it('takes others, and leaves empty ones alone', () => {
  expect(
    findingsOf(nameFields, [
      inPod({ priorityClassName: 'high' }),
      withFields(claim, { 'spec.storageClassName': '' }),
      withFields(service, { 'spec.ports[0].appProtocol': 'kubernetes.io/h2c' }),
    ]),
  ).toEqual([]);
});
