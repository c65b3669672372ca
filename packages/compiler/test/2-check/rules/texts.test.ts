// Rule texts: names in other fields than metadata.
import { texts } from '../../../src/2-check/rules/texts.ts';
import { claim, having, inContainer, inPod, service } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

it('refuses names that nothing can have', () => {
  expect(said(texts, [inContainer({ envFrom: [{ configMapRef: { name: 'A' } }] })])).toEqual(['I2K332 ~c.envFrom[0].configMapRef.name']);
  expect(said(texts, [inPod({ priorityClassName: 'a b' })])).toEqual(['I2K332 ~p.priorityClassName']);
  expect(said(texts, [having(service, { 'spec.ports[0].appProtocol': 'a b' })])).toEqual(['I2K332 spec.ports[0].appProtocol']);
  expect(said(texts, [having(claim, { 'spec.storageClassName': 'A' })])).toEqual(['I2K332 spec.storageClassName']);
});

it('takes others, and leaves empty ones alone', () => {
  expect(
    said(texts, [
      inPod({ priorityClassName: 'high' }),
      having(claim, { 'spec.storageClassName': '' }),
      having(service, { 'spec.ports[0].appProtocol': 'kubernetes.io/h2c' }),
    ]),
  ).toEqual([]);
});
