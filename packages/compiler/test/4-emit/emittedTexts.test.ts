// No value of the input becomes template code: dynamic references, and ids with other characters than letters and digits.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentTemplate } from '../../src/4-emit/aws/environment/index.ts';
import { compile } from '../../src/compile.ts';
import type { AccountContext, Config } from '../../src/options.ts';

const dynamic = '{{resolve:ssm:/prod/password}}';
const deployment = (pod = '') => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      ${pod}
      containers: [{name: main, image: "nginx:1", env: [{name: A, value: "${dynamic}"}], ports: [{containerPort: 80}]}]
`;
const claim = (parameters: string) => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
parameters: ${parameters}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: fast, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
${deployment('volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]')}`;

function codesOf(text: string, config: Config = {}, context?: AccountContext): readonly string[] {
  const result = compile([{ name: 'input.yaml', text }], {
    app: 'shop',
    env: 'prod',
    config: { region: 'eu-west-1', ...config },
    ...(context && { context }),
  });
  return result.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, object, path }) => `${code} ${object.kind || object.source} ${path.join('.')}`.trim());
}

it('is data in the payload', () => {
  expect(codesOf(deployment())).toEqual([]);
});

it.each<readonly [string, Config, string]>([
  ['a tag', { tags: { owner: dynamic } }, 'I2K623 i2kit.yaml tags.owner'],
  ['the key of a tag', { tags: { [dynamic]: 'x' } }, `I2K623 i2kit.yaml tags.${dynamic}`],
  ['the key pair', { keyPair: dynamic }, 'I2K623 i2kit.yaml keyPair'],
  [
    'the permissions boundary',
    { permissionsBoundary: `arn:aws:iam::123456789012:policy/${dynamic}` },
    'I2K623 i2kit.yaml permissionsBoundary',
  ],
])('is refused in %s, of an app and of an environment', (_, config, code) => {
  expect(codesOf(deployment(), config)).toEqual([code]);
  const made = environmentTemplate({ env: 'prod', config });
  expect(made.diagnostics.map((each) => each.code)).toContain('I2K623');
});

it('is refused in the context file', () => {
  const balancer = { dnsName: dynamic, zone: 'Z1', weight: 1, stack: 'other' };
  const context: AccountContext = { version: 1, services: { prod: { 'default/db': [balancer] } } };
  expect(codesOf(deployment(), {}, context)).toEqual(['I2K623 App']);
});

it('is refused in the key of a StorageClass', () => {
  const found = codesOf(claim(`{type: gp3, encrypted: "true", kmsKeyId: "${dynamic}"}`));
  // The role that may use the key holds it, too.
  expect(found).toEqual(['I2K623 PersistentVolumeClaim', 'I2K623 Deployment']);
});

it('is refused in a zone', () => {
  const selector = `nodeSelector: {topology.kubernetes.io/zone: "${dynamic}"}`;
  expect(codesOf(deployment(selector)).length).toBeGreaterThan(0);
  expect(codesOf(deployment('nodeSelector: {topology.kubernetes.io/zone: "eu west_1"}')).length).toBeGreaterThan(0);
});

it('may stand in an override', () => {
  const merge = { Properties: { LaunchTemplateData: { KeyName: dynamic } } };
  expect(codesOf(deployment(), { overrides: [{ object: 'web', resource: 'launch-template', merge }] })).toEqual([]);
});

it('stands in no template of the repository, and all ids are letters and digits', () => {
  const folder = join(import.meta.dirname, '../../../../templates');
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.template.json'));
  expect(files.length).toBeGreaterThan(10);
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'utf8');
    expect([name, /\{\{\s*resolve/i.test(text)]).toEqual([name, false]);
    const { Resources = {}, Parameters = {}, Mappings = {}, Outputs = {} } = JSON.parse(text);
    for (const id of [Resources, Parameters, Mappings, Outputs].flatMap((section) => Object.keys(section)))
      expect(id).toMatch(/^[A-Za-z0-9]+$/);
  }
});
