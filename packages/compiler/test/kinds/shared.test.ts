// What rules and plan both need to know: quantities, selectors, ports, references.

import { base64ByteLength, utf8ByteLength } from '../../src/kinds/shared/byteLength.ts';
import { configReferencesOf } from '../../src/kinds/shared/configReferences.ts';
import { matchesSelector } from '../../src/kinds/shared/labelSelector.ts';
import { podsOf } from '../../src/kinds/shared/pods.ts';
import {
  canonicalQuantity,
  compareQuantities,
  isWholeQuantity,
  milliUnitsRoundedUp,
  unitsRoundedUp,
} from '../../src/kinds/shared/quantity.ts';
import { indexOf, manifestOf } from '../helpers/manifests.ts';
import { inPod } from '../helpers/objects.ts';

it.each([
  ['0.1', 100],
  ['0.3', 300],
  ['1500u', 2],
  [1.1, 1100],
  ['-0.5', -500],
  ['2', 2000],
])('%s is %i thousandths', (text, value) => expect(milliUnitsRoundedUp(text)).toBe(value));

it.each([
  ['1Gi', 2 ** 30],
  ['1.5Ki', 1536],
  ['0.1Ki', 103],
  ['1e3', 1000],
  ['1E', 1e18],
  ['100m', 1],
  ['12Mi', 12 * 2 ** 20],
])('%s is %i units', (text, value) => expect(unitsRoundedUp(text)).toBe(value));

it.each([
  ['1024Mi', '1Gi'],
  ['0.5', '500m'],
  ['1000m', '1'],
  ['1e3', '1e3'],
  ['0', '0'],
])('%s is printed as %s', (text, canonical) => expect(canonicalQuantity(text)).toBe(canonical));

it('compares exactly', () => {
  expect(compareQuantities('0.3', '300m')).toBe(0);
  expect(compareQuantities('9007199254740993', '9007199254740992')).toBe(1);
  expect([isWholeQuantity('1'), isWholeQuantity('1k'), isWholeQuantity('1500m')]).toEqual([true, true, false]);
  expect([unitsRoundedUp('1gi'), unitsRoundedUp(''), unitsRoundedUp('.')]).toEqual([undefined, undefined, undefined]);
});

it('selects as Kubernetes does', () => {
  const labels = { a: '1' };
  expect(matchesSelector({}, labels)).toBe(true);
  expect(matchesSelector({ matchExpressions: [{ key: 'b', operator: 'NotIn', values: ['1'] }] }, labels)).toBe(true);
  expect(matchesSelector({ matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }, labels)).toBe(false);
});

it('finds every reference of a pod', () => {
  const volumes = [
    {
      name: 'a',
      configMap: {
        name: 'files',
        items: [
          { key: 'k', path: 'p' },
          { key: 'l', path: 'q' },
        ],
      },
    },
    { name: 'b', secret: { secretName: 'whole', optional: true } },
  ];
  const [pod] = podsOf(indexOf([manifestOf(inPod({ volumes }))]));
  const found = pod ? configReferencesOf(pod).map(({ kind, name, key, optional }) => [kind, name, key, optional]) : [];
  expect(found).toEqual([
    ['ConfigMap', 'files', 'k', false],
    ['ConfigMap', 'files', 'l', false],
    ['Secret', 'whole', undefined, true],
  ]);
});

it('measures texts', () => {
  expect([utf8ByteLength('aü€😀'), base64ByteLength('eA=='), base64ByteLength('')]).toEqual([10, 1, 0]);
});
