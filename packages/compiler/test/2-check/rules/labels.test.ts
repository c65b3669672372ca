// Rule labels: keys and values of labels, keys and size of annotations.
import { labels } from '../../../src/2-check/rules/labels.ts';
import { changed, deployment } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const withLabel = (key: string, value: string) => said(labels, [changed(deployment, ['metadata', 'labels', key], value)]);

it.each([
  ['app.kubernetes.io/name', 'web'],
  ['app', ''],
  ['a', 'A_b.c-d'],
  ['constructor', 'x'],
])('takes %s=%s', (key, value) => expect(withLabel(key, value)).toEqual([]));

it.each([
  ['a/b/c', 'x'],
  ['/b', 'x'],
  ['-a', 'x'],
  ['a'.repeat(64), 'x'],
  ['EXAMPLE.com/a', 'x'],
  ['a', 'x y'],
  ['a', '-x'],
  ['a', 'x'.repeat(64)],
])('refuses %s=%s', (key, value) => expect(withLabel(key, value)).toHaveLength(1));

it('reads the pod template, too', () => {
  const object = changed(deployment, ['spec', 'template', 'metadata', 'labels', 'a'], 'x y');
  expect(said(labels, [object])).toEqual(['I2K302 spec.template.metadata.labels.a']);
});

it('limits annotations', () => {
  expect(said(labels, [changed(deployment, ['metadata', 'annotations', 'a b'], 'x')])).toEqual(['I2K303 metadata.annotations["a b"]']);
  expect(said(labels, [changed(deployment, ['metadata', 'annotations', 'A'], 'ü'.repeat(131072))])).toEqual([
    'I2K303 metadata.annotations',
  ]);
});
