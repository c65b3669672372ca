// References, as Docker reads them.
import { expect, test } from '@jest/globals';
import { parseReference } from '../../src/registry/index.ts';

const digest = `sha256:${'0'.repeat(64)}`;

test.each([
  ['nginx', { host: 'docker.io', repository: 'library/nginx', tag: 'latest' }],
  ['nginx:1.27', { host: 'docker.io', repository: 'library/nginx', tag: '1.27' }],
  ['docker.io/nginx', { host: 'docker.io', repository: 'library/nginx', tag: 'latest' }],
  ['index.docker.io/a/b', { host: 'docker.io', repository: 'a/b', tag: 'latest' }],
  ['acme/web', { host: 'docker.io', repository: 'acme/web', tag: 'latest' }],
  ['ghcr.io/acme/web:2', { host: 'ghcr.io', repository: 'acme/web', tag: '2' }],
  ['localhost/web', { host: 'localhost', repository: 'web', tag: 'latest' }],
  ['localhost:5000/a/b/c:v1', { host: 'localhost:5000', repository: 'a/b/c', tag: 'v1' }],
  ['[::1]:5000/a', { host: '[::1]:5000', repository: 'a', tag: 'latest' }],
  [`nginx@${digest}`, { host: 'docker.io', repository: 'library/nginx', digest }],
  [`ghcr.io/a/b:v1@${digest}`, { host: 'ghcr.io', repository: 'a/b', tag: 'v1', digest }],
  ['a__b/c-d.e', { host: 'docker.io', repository: 'a__b/c-d.e', tag: 'latest' }],
])('%s', (text, reference) => {
  expect(parseReference(text)).toEqual(reference);
});

test.each([
  '',
  'Nginx',
  'a//b',
  'a:',
  'a:b:c',
  'a@sha256:12',
  'http://a/b',
  'a/../b',
  'a b',
  'ghcr.io/',
  `a:${'x'.repeat(129)}`,
  'host:99999999/a',
  'a?b',
  'a@md5:0',
])('refuses "%s"', (text) => {
  expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'reference-invalid' }));
});
