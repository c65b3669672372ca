// Rule references: a reference names something.
import { references } from '../../../src/2-check/rules/references.ts';
import { inContainer, inPod } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

it('refuses references without a name', () => {
  expect(said(references, [inContainer({ envFrom: [{ configMapRef: {} }] })])).toEqual(['I2K332 ~c.envFrom[0].configMapRef']);
  expect(said(references, [inContainer({ env: [{ name: 'A', valueFrom: { secretKeyRef: { key: 'k' } } }] })])).toEqual([
    'I2K332 ~c.env[0].valueFrom.secretKeyRef',
  ]);
  expect(
    said(references, [
      inPod({
        volumes: [
          { name: 'a', secret: {} },
          { name: 'b', configMap: { name: '' } },
        ],
      }),
    ]),
  ).toEqual(['I2K332 ~p.volumes[0].secret', 'I2K332 ~p.volumes[1].configMap.name']);
});

it('takes those with one', () => expect(said(references, [inPod({ volumes: [{ name: 'a', secret: { secretName: 's' } }] })])).toEqual([]));
