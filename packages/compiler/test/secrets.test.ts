// The Secrets of manifests with their values, and that nothing else of the compiler holds one.
import { compile, secretsOf } from '../src/index.ts';

const options = { app: 'shop', env: 'prod' };
const text = (body: string) => [{ name: 's.yaml', text: body }];
const secret = (rest: string, name = 'db') => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n${rest}\n`;

test('data and stringData are one, by key, with stringData first', () => {
  const body = secret(
    'data: {z: eA==, a: aGVs\\nbG8=}\nstringData: {z: "über", __proto__: p}'.replace('aGVs\\nbG8=', '"aGVs\\nbG8="'),
  );
  const result = secretsOf(text(body), options);
  expect(result).toMatchObject({ ok: true, diagnostics: [] });
  expect(result.ok && result.secrets.map(({ name, values }) => [name, Object.entries(values)])).toEqual([
    [
      'i2kit/prod/default/db',
      [
        ['__proto__', 'cA=='],
        ['a', 'aGVsbG8='],
        ['z', 'w7xiZXI='],
      ],
    ],
  ]);
});

test('they come in the order of their names, of all namespaces, and whatever is wrong elsewhere', () => {
  const all = `${secret('stringData: {a: x}', 'b')}---\n${secret('stringData: {a: x}', 'a')}---\napiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {nonsense: 1}\n`;
  const result = secretsOf(text(all), { ...options, namespace: 'staging' });
  expect(result.ok && result.secrets.map(({ name }) => name)).toEqual(['i2kit/prod/staging/a', 'i2kit/prod/staging/b']);
});

test('a Secret that is wrong is refused, and its value is not in the words', () => {
  const result = secretsOf(text(secret('data: {a: "p1anted!"}')), options);
  expect(result).toMatchObject({ ok: false, diagnostics: [{ object: { kind: 'Secret' } }] });
  expect(JSON.stringify(result)).not.toContain('p1anted');
});

test('a compilation holds no value', () => {
  const result = compile(text(secret('stringData: {a: p1anted}\ndata: {b: cDFhbnRlZA==}')), options);
  expect(result.ok).toBe(true);
  expect(JSON.stringify(result)).not.toMatch(/p1anted|cDFhbnRlZ/);
});
