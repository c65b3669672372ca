// Values of Secrets stand in no message and in no source line, whatever is wrong, and however the Secret is written.
import { compile } from '../src/compile.ts';
import { render } from '../src/render.ts';

const canary = 'hunter2Canary';

/** What is said of a text, as text and as the diagnostics themselves. */
function said(text: string): string {
  const sources = [{ name: 'input.yaml', text }];
  const { diagnostics } = compile(sources, { app: 'shop', env: 'default', config: { region: 'eu-west-1' } });
  expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  return render(diagnostics, sources, { color: false, width: 1000 }) + JSON.stringify(diagnostics);
}

const secret = (name: string) =>
  `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"${name}"},"stringData":{"k":"${canary}"}}`;
const deployment = '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":"x"}}';

test.each([
  ['on one line, with a wrong name', secret('Not_A_Name')],
  ['on one line of YAML', `{apiVersion: v1, kind: Secret, metadata: {name: Not_A_Name}, data: {k: ${canary}}}`],
  ['with a mistyped kind', secret('web').replace('"Secret"', '"secret"')],
  [
    'in a List on one line, beside another mistake',
    `{"apiVersion":"v1","kind":"List","items":[${deployment},${secret('s')}]}`,
  ],
  ['in a SecretList', `{"apiVersion":"v1","kind":"SecretList","items":[${secret('Not_A_Name')}]}`],
  [
    'in a kind of its own spelling',
    secret('web').replace('"Secret"', '"\\u0053ecret"').replace('"web"', '"Not_A_Name"'),
  ],
  [
    'in annotations on the line',
    `{apiVersion: v1, kind: Secret, metadata: {name: Not_A_Name, annotations: {a: ${canary}}}}`,
  ],
  ['immutable, on one line', secret('web').replace('"stringData"', '"immutable":"x","stringData"')],
])('%s', (_, text) => {
  expect(said(text)).not.toContain(canary);
});

const unreadable = (value: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData:\n  k: ${value}\n`;
test.each([
  ['a password that reads as an alias', unreadable(`*${canary}`)],
  ['a password that reads as a tag', unreadable(`!${canary}`)],
  ['a password with more after its quotes', unreadable(`"a" ${canary}`)],
  ['a password with a wrong escape', unreadable(`"\\q${canary}"`)],
  ['a password that reads as a mapping', unreadable(`${canary}: ${canary}: x`)],
  ['a password that begins with a percent sign', unreadable(`%${canary}`)],
  ['a password that begins with a backquote', unreadable(`\`${canary}`)],
  ['a kind with an anchor', unreadable(`*${canary}`).replace('kind: Secret', 'kind: &kind Secret')],
])('%s', (_, text) => {
  expect(said(text)).not.toContain(canary);
});

test('other documents keep their lines and words', () => {
  const config = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata:\n  k: *${canary}\n`;
  expect(said(config)).toContain(`there is no anchor &${canary} before this alias`);
  expect(said('apiVersion: v1\nkind: Secret\nmetadata:\n  name: Not_A_Name\ndata: {}\n')).toContain(
    '4 |   name: Not_A_Name',
  );
});
