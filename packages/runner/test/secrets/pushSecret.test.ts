// Pushed secrets: the form that the agent reads, and no new version for an equal value.

import type { SecretState, SecretsPort } from '../../src/ports/secrets.ts';
import { pushSecret, secretText } from '../../src/secrets/pushSecret.ts';

/** Secrets Manager in memory; records its calls. */
function store(found: Record<string, { readonly state: Partial<SecretState>; readonly value?: string }> = {}) {
  const calls: string[] = [];
  const written: string[] = [];
  const noted = (call: string, value?: string) => {
    calls.push(call);
    if (value !== undefined) written.push(value);
    return Promise.resolve('new');
  };
  const port: SecretsPort = {
    async describe(name) {
      const state = found[name]?.state;
      return state && { name, versions: { old: ['AWSCURRENT'] }, pendingDeletion: false, ...state };
    },
    readCurrent: async (name) => ({ version: 'old', value: found[name]?.value ?? '' }),
    create: ({ name, value, kmsKey }) => noted(`create ${name} ${kmsKey ?? ''}`.trim(), value),
    put: (name, value) => noted(`put ${name}`, value),
    setKmsKey: (name, key) => noted(`encrypt ${name} ${key}`),
    restore: (name) => noted(`restore ${name}`),
    remove: (name) => noted(`remove ${name}`),
    list: async () => [],
  };
  return { port, calls, written };
}

const wanted = { name: 'n', values: { b: 'Yg==', a: 'YQ==' }, tags: { 'i2kit:env': 'prod' } };

test('the stored form is an object of base64 by key, in order', () => {
  expect(secretText(wanted.values)).toBe('{"a":"YQ==","b":"Yg=="}');
});

test.each([
  ['one that is not there is made', {}, 'created', ['create n']],
  [
    'an equal value makes no version, whoever wrote it',
    { n: { state: {}, value: '{ "b": "Yg==", "a": "YQ==" }' } },
    'unchanged',
    [],
  ],
  ['another value makes one', { n: { state: {}, value: '{"a":"YQ=="}' } }, 'changed', ['put n']],
  ['what is no JSON is another value', { n: { state: {}, value: 'hello' } }, 'changed', ['put n']],
  ['one without a value gets it', { n: { state: { versions: {} } } }, 'changed', ['put n']],
  [
    'one on its way out is restored',
    { n: { state: { pendingDeletion: true }, value: '{"b":"Yg==","a":"YQ=="}' } },
    'restored',
    ['restore n'],
  ],
  ['and changed', { n: { state: { pendingDeletion: true }, value: '{}' } }, 'restored', ['restore n', 'put n']],
])('%s', async (_, found, outcome, calls) => {
  const { port, calls: made, written } = store(found);
  const version = calls.some((call) => /^(create|put)/.test(call)) ? 'new' : 'old';
  expect(await pushSecret(port, wanted)).toEqual({ name: 'n', outcome, version });
  expect(made).toEqual(calls);
  expect(written.every((value) => value === '{"a":"YQ==","b":"Yg=="}')).toBe(true);
});

test('a key is given at once, or changed; without one nothing is', async () => {
  const fresh = store();
  await pushSecret(fresh.port, { ...wanted, kmsKey: 'alias/k' });
  expect(fresh.calls).toEqual(['create n alias/k']);
  const there = store({ n: { state: { kmsKey: 'alias/old' }, value: secretText(wanted.values) } });
  await pushSecret(there.port, { ...wanted, kmsKey: 'alias/k' });
  expect(there.calls).toEqual(['encrypt n alias/k']);
  await pushSecret(there.port, wanted);
  expect(there.calls).toHaveLength(1);
});
