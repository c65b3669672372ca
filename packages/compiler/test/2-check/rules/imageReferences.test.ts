// Rule images: there is one, and it can be read.
import { imageReferences } from '../../../src/2-check/rules/imageReferences.ts';
import { inContainer } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const digest = `sha256:${'0'.repeat(64)}`;

it.each([
  'nginx',
  'nginx:1.29',
  'library/nginx',
  'registry.example.com:5000/a/b_c/d--e:v1.2-x',
  `nginx@${digest}`,
  `a.b/c:1@${digest}`,
  'localhost/x',
  'EXAMPLE.com/x',
])('takes %s', (image) => expect(findingsOf(imageReferences, [inContainer({ image })])).toEqual([]));

it.each(['', 'Nginx', 'nginx:', 'nginx:a b', 'nginx@sha256:1', '/nginx', 'a//b', 'https://example.com/x', ' '])(
  'refuses %j',
  (image) => {
    expect(findingsOf(imageReferences, [inContainer({ image })])).toEqual(['I2K306 ~c.image']);
  },
);

it('wants one', () =>
  expect(findingsOf(imageReferences, [inContainer({ image: undefined })])).toEqual(['I2K306 ~p.containers[0]']));
