// The label that names the app, found in whatever form it is written.
import { appLabels } from '../../src/input/appLabel.ts';

const found = (...texts: readonly string[]) => appLabels(texts.map((text, i) => ({ name: `${i}.yaml`, text })));

test.each([
  'metadata:\n  labels:\n    app.kubernetes.io/part-of: shop\n',
  'labels: {tier: web, app.kubernetes.io/part-of: "shop"}',
  '{"labels":{"app.kubernetes.io/part-of":"shop"}}',
  "labels:\r\n  'app.kubernetes.io/part-of': 'shop' # the app\r\n",
  '# app.kubernetes.io/part-of: other\napp.kubernetes.io/part-of: shop',
])('%j', (text) => {
  expect(found(text)).toEqual(['shop']);
});

test('several are sorted, and each is there once', () => {
  const of = (name: string) => `app.kubernetes.io/part-of: ${name}\n`;
  expect(found(of('shop') + of('bank'), of('shop'))).toEqual(['bank', 'shop']);
  expect(found('kind: Pod')).toEqual([]);
});

test('long lines are read once: a search that backtracks would take hours', () => {
  expect(found('a'.repeat(1e6), 'app.kubernetes.io/part-of '.repeat(1e5))).toEqual([]);
});
