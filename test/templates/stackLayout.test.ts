// An app in several stacks: the place of each resource, no circular references, cfn-lint, and the order of
// deployment.
import { type Config, compile, type Stack } from '@i2kit/compiler';
import { type AwsClients, awsClients } from '../awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../awsEmulator/emulator.ts';
import { seedEnvironment } from '../awsEmulator/environment.ts';
import { createStack, deleteStack, updateStack } from '../awsEmulator/stack.ts';
import { runCfnLint } from '../validators/cfnLint.ts';
import { type App, corpus, examples, multiStackApps } from './apps.ts';
import type { Loose } from './invariants.ts';

const example = multiStackApps[0] as App;

function stacksOf({ name, sources, config }: App, more: Partial<Config> = {}): readonly Stack[] {
  const result = compile(sources, {
    app: config.app ?? name,
    env: 'default',
    config: { ...config, ...more, stacks: 'workload' },
  });
  if (!result.ok)
    throw new Error(`${name}: ${JSON.stringify(result.diagnostics.filter(({ severity }) => severity === 'error'))}`);
  return result.stacks;
}

const templateOf = (stack: Stack | undefined): Loose => JSON.parse(JSON.stringify(stack?.template));

/** Every id that a template refers to. */
const referred = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(referred);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String((inner as unknown[])[0])];
    if (key === 'Fn::Sub') return [...String(inner).matchAll(/\$\{(\w+)[.}]/g)].map(([, id]) => id ?? '');
    return key === 'DependsOn' ? (inner as string[]) : referred(inner);
  });
};

/** Types that belong to machines and are never shared. */
const own = /^AWS::(AutoScaling|IAM|Logs)::|^AWS::EC2::(LaunchTemplate|Instance)$/;

describe.each([...multiStackApps, ...examples, ...corpus])('$name', (app) => {
  const whole = compile(app.sources, {
    app: app.config.app ?? app.name,
    env: 'default',
    config: { ...app.config, stacks: 'app' },
  });
  const stacks = stacksOf(app);
  const templates = stacks.map(templateOf);

  test('every resource is in exactly one stack, but for what hands over', () => {
    const ids = templates.flatMap(({ Resources }) => Object.keys(Resources).filter((id) => !id.endsWith('HandedOver')));
    expect(ids.sort()).toEqual(whole.ok ? Object.keys(whole.stacks[0]?.template.Resources ?? {}).sort() : []);
    const outputs = templates.flatMap(({ Outputs = {} }) => Object.keys(Outputs));
    expect(outputs.sort()).toEqual(whole.ok ? Object.keys(whole.stacks[0]?.template.Outputs ?? {}).sort() : []);
  });

  test('each stack refers to what it has alone, reads what the shared one writes, and that stands alone', () => {
    const written = Object.values(templates[0].Resources as Loose).flatMap(({ Type, Properties }: Loose) =>
      Type === 'AWS::SSM::Parameter' ? [Properties.Name] : [],
    );
    templates.forEach(({ Resources, Parameters = {}, Outputs = {} }, at) => {
      for (const id of referred([Resources, Outputs])) {
        if (!id.startsWith('AWS::')) expect([...Object.keys(Resources), ...Object.keys(Parameters)]).toContain(id);
      }
      const read = Object.values(Parameters as Loose).flatMap(({ Default }: Loose) =>
        Default?.includes('/apps/') ? [Default] : [],
      );
      if (at === 0) expect(read).toEqual([]);
      for (const path of read) expect(written).toContain(path);
      expect(stacks[at]?.dependsOn ?? []).toEqual(at === 0 ? [] : [stacks[0]?.name]);
    });
  });

  test('machines, and what is theirs, stand with their workload', () => {
    const [shared] = templates;
    expect(
      Object.entries(shared.Resources as Loose).flatMap(([id, { Type }]: [string, Loose]) =>
        own.test(Type) ? [id] : [],
      ),
    ).toEqual([]);
    for (const { Resources } of templates.slice(1))
      for (const { Type } of Object.values<Loose>(Resources))
        expect(Type).not.toMatch(/LoadBalancer$|SecurityGroup|EC2::Volume/);
  });
});

test('cfn-lint has nothing against the stacks, but for the zones that are pinned on purpose', async () => {
  const findings = await runCfnLint(
    Object.fromEntries(stacksOf(example).map(({ name, template }) => [name, template as object])),
  );
  expect(findings.filter(({ rule }) => rule !== 'W3010')).toEqual([]);
});

describe('at the tests’ AWS endpoint', () => {
  let peer: AwsEmulator;
  let clients: AwsClients;
  beforeAll(async () => {
    peer = await startAwsEmulator();
    clients = awsClients(peer.endpoint);
    await seedEnvironment(clients, 'default');
  });
  afterAll(() => peer?.stop());

  test('created in their order, changed, and deleted the other way round', async () => {
    const stacks = stacksOf(example);
    const firewalls: Record<string, string> = {};
    for (const { name, template } of stacks) {
      const { resources } = await createStack(clients, name, template);
      for (const [id, { PhysicalResourceId }] of Object.entries(resources)) firewalls[id] = PhysicalResourceId ?? '';
    }
    // A workload's machine has the security group that the shared stack created.
    const { LaunchTemplateVersions: [version] = [] } = await clients.ec2.send(
      new (await import('@aws-sdk/client-ec2')).DescribeLaunchTemplateVersionsCommand({
        LaunchTemplateId: firewalls['ApiTemplate'] ?? '',
      }),
    );
    const { LaunchTemplateData: { SecurityGroupIds = [], NetworkInterfaces = [] } = {} } = version ?? {};
    expect([...SecurityGroupIds, ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups)]).toContain(
      firewalls['ApiFirewall'],
    );
    const changed = stacksOf(example, { images: { ...example.config.images, api: 'ami-0a1b2c3d4e5f60039' } });
    const differing = changed.filter(
      ({ template }, at) => JSON.stringify(template) !== JSON.stringify(stacks[at]?.template),
    );
    expect(differing.map(({ name }) => name)).toEqual(['default-parts-Api']);
    for (const { name, template } of differing) await updateStack(clients, name, template);
    for (const { name } of [...stacks].reverse()) await deleteStack(clients, name);
  });
});
