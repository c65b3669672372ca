// i2kit.yaml: its schema, what is said where it is wrong, and what wins over what.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '@i2kit/common';
import type { CompileOptions, Config } from '@i2kit/compiler';
import { diagnosticAt } from '../../src/diagnostic.ts';
import { compiler as fake } from '../fakeCompiler.ts';
import { type CommandFixture, i2kit, manifest } from '../harness.ts';

const web = manifest('Deployment', 'web');
const ami = 'ami-0123456789abcdef0';

async function options(
  argv: readonly string[],
  { files, ...world }: CommandFixture,
): Promise<{ readonly given: CompileOptions | undefined; readonly stderr: string; readonly code: number }> {
  let given: CompileOptions | undefined;
  const compile: typeof fake.compile = (sources, options) => {
    given = options;
    return fake.compile(sources, options);
  };
  const { stderr, code } = await i2kit(['synth', '-f', 'web.yaml', ...argv], {
    ...world,
    files: { 'web.yaml': web, ...files },
    compiler: { compile },
  });
  return { given, stderr, code };
}

const wrong = async (text: string) => {
  const { code, stderr } = await options([], { files: { 'i2kit.yaml': text } });
  expect(code).toBe(2);
  return stderr;
};

test('flags win over variables, variables over the file, the file over defaults', async () => {
  const files = {
    'i2kit.yaml': 'app: a\nenv: file\nregion: us-east-1\nhostedZone: file.com\ninstanceType: t3.micro\n',
  };
  const env = {
    I2KIT_REGION: 'eu-west-1',
    I2KIT_HOSTED_ZONE: 'variable.com',
    I2KIT_INSTANCE_TYPE: '',
    I2KIT_KEYPAIR: 'debug',
  };
  const { given } = await options(['--region', 'eu-north-1'], { files, env });
  expect(given).toMatchObject({ app: 'a', env: 'file' });
  expect(given?.config).toMatchObject({
    region: 'eu-north-1',
    hostedZone: 'variable.com',
    instanceType: 't3.micro',
    keyPair: 'debug',
  });
  expect((await options([], {})).given).toEqual({ app: 'shop', env: 'default', config: {} });
});

test('every setting of Config is in the schema, and no other', () => {
  const all: Required<Config> = {
    app: 'a',
    env: 'b',
    region: 'eu-west-1',
    hostedZone: {
      name: 'example.com',
      id: 'Z0123',
      tag: { team: 'dns' },
      roleArn: 'arn:aws:iam::123456789012:role/dns',
      profile: 'dns',
    },
    instanceType: 't3.small',
    images: { web: ami },
    isolation: 'app',
    network: {
      egress: 'one',
      cidr: '10.0.0.0/16',
      zones: 3,
      vpc: { tag: { Name: 'shop' } },
      subnets: { private: ['subnet-01234567'], public: { tag: { tier: 'public' } } },
      securityGroup: 'sg-01234567',
    },
    bucket: false,
    loadBalancers: { edge: { tag: { Name: 'edge' } } },
    logRetention: 30,
    boot: 'bios',
    debug: true,
    keyPair: 'k',
    tags: { team: 'shop' },
    permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
    roleArn: 'arn:aws:iam::123456789012:role/deploy',
    notificationArns: ['arn:aws:sns:eu-west-1:123456789012:stacks'],
    stackSet: {
      regions: ['eu-west-1'],
      accounts: ['123456789012'],
      organizationalUnits: ['ou-ab12-cdefghij'],
      failureTolerance: '20%',
      maxConcurrent: 2,
      regionConcurrency: 'parallel',
      administrationRoleArn: 'arn:aws:iam::123456789012:role/sets',
      executionRoleName: 'sets',
    },
    stacks: 'workload',
    via: 'dns',
    overrides: [
      {
        object: 'web',
        resource: 'launch-template',
        at: '/spec/template',
        every: true,
        merge: { Properties: { TagSpecifications: null } },
      },
      {
        object: 'App/a',
        resource: 'AWS::EC2::SecurityGroup',
        patch: [{ op: 'move', from: '/Properties/a', path: '/Properties/b', value: [1] }],
      },
    ],
  };
  const { properties } = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/config.schema.json'), 'utf8'));
  expect(Object.keys(properties).sort()).toEqual(Object.keys(all).sort());
  const said = all.overrides.map((override) => Object.keys(override));
  expect(Object.keys(properties.overrides.items.properties).sort()).toEqual([...new Set(said.flat())].sort());
  for (const setting of ['network', 'hostedZone', 'stackSet'] as const)
    expect(Object.keys(properties[setting].properties).sort()).toEqual(Object.keys(all[setting]).sort());
  for (const schema of Object.values(properties)) expect(schema).toHaveProperty('description');
  return expect(options([], { files: { 'i2kit.yaml': JSON.stringify(all) } })).resolves.toMatchObject({
    code: 0,
    given: { config: all },
  });
});

test.each([
  ['hostedzone: example.com', "I2K731] i2kit.yaml:1:1 there is no setting 'hostedzone'\n  Did you mean hostedZone?"],
  [
    'app: shop\nnetwork:\n  egres: one',
    "I2K731] i2kit.yaml:3:3 there is no setting 'network.egres'\n  Did you mean egress?",
  ],
  ['network:\n  zones: many', "I2K732] i2kit.yaml:2:10 'network.zones' must be a whole number"],
  ['network: {zones: 9}', "I2K732] i2kit.yaml:1:18 'network.zones' must be at most 6"],
  ['isolation: pod', "I2K732] i2kit.yaml:1:12 'isolation' must be environment or app"],
  ['bucket: yes', "I2K732] i2kit.yaml:1:9 'bucket' has an invalid value\n  For example: shop-artifacts."],
  [
    'network: {vpc: 10}',
    "I2K732] i2kit.yaml:1:16 'network.vpc' must be a text or a mapping\n  For example: vpc-0123456789abcdef0.",
  ],
  ['network:\n  subnets: [vpc-1]', "I2K732] i2kit.yaml:2:13 'network.subnets.0' has an invalid value"],
  ['hostedZone: {id: Z1}', "I2K732] i2kit.yaml:1:13 'hostedZone' lacks 'name'"],
  ['loadBalancers: {edge: {Name: x}}', "I2K731] i2kit.yaml:1:24 there is no setting 'loadBalancers.edge.Name'"],
  ['permissionsBoundary: boundary', "I2K732] i2kit.yaml:1:22 'permissionsBoundary' has an invalid value"],
  ['stackSet: {accounts: [1]}', "I2K732] i2kit.yaml:1:23 'stackSet.accounts.0' must be a text"],
  ['overrides: [{object: web}]', "I2K732] i2kit.yaml:1:13 'overrides.0' lacks 'resource'"],
  [
    'overrides: [{object: web, resource: WebGroup}]',
    "1:37 'overrides.0.resource' has an invalid value\n  For example: launch-template.",
  ],
  [
    'overrides: [{object: a, resource: b, patches: []}]',
    "1:38 there is no setting 'overrides.0.patches'\n  Did you mean patch?",
  ],
  [
    'overrides: [{object: a, resource: b, patch: [{op: put, path: /a}]}]',
    "'overrides.0.patch.0.op' must be add, remove, replace, move, copy or test",
  ],
  [
    'overrides: [{object: a, resource: b, merge: {Properties: {VpcId: !Ref Vpc}}}]',
    'I2K730] i2kit.yaml:1:66 unresolved tag: !Ref',
  ],
  ['app:', "I2K732] i2kit.yaml:1:5 'app' must be a text"],
  ['app: my shop', "I2K742] i2kit.yaml:1:6 'app' has an invalid value"],
  [`env: ${'e'.repeat(33)}`, "I2K742] i2kit.yaml:1:6 'env' has more than 32 characters"],
  [
    'images:\n  web: ami-1',
    "I2K732] i2kit.yaml:2:8 'images.web' has an invalid value\n  For example: ami-0123456789abcdef0.",
  ],
  [`images:\n  default/web:\n    eu: ${ami}`, "I2K732] i2kit.yaml:3:5 'eu' cannot be a key of 'images.default/web'"],
  ['- app', 'I2K732] i2kit.yaml:1:1 the configuration must be a mapping'],
  ['app: a\napp: b', 'I2K730] i2kit.yaml:2:1 map keys must be unique'],
  ['app: [', 'I2K730] i2kit.yaml:1:7 '],
  ['app: a\n---\napp: b', 'I2K730] i2kit.yaml:'],
  ['__proto__: {app: x}', "I2K731] i2kit.yaml:1:1 there is no setting '__proto__'"],
  ['tags: {"a\\u001b[31m": 1}', "'tags.a\\u001b[31m' must be a text"],
])('%j is refused at its place', async (text, said) => {
  expect(await wrong(text)).toContain(said);
});

test('the original names of what is there', async () => {
  const env = { I2KIT_SUBNET: 'subnet-01234567,subnet-89abcdef', I2KIT_SECURITY_GROUP: 'sg-01234567' };
  const files = { 'i2kit.yaml': 'network: {egress: none, securityGroup: sg-00000000}' };
  expect((await options([], { files, env })).given?.config).toEqual({
    network: { egress: 'none', securityGroup: 'sg-01234567', subnets: ['subnet-01234567', 'subnet-89abcdef'] },
  });
  expect((await options(['--subnet', 'subnet-00000000'], { env })).given?.config?.network?.subnets).toEqual([
    'subnet-00000000',
  ]);
  expect((await options([], { env: { I2KIT_SUBNET: 'vpc-1' } })).stderr).toContain(
    "error[I2K732] I2KIT_SUBNET 'network.subnets.0'",
  );
});

test('several mistakes are told at once, with those of the manifests', async () => {
  const { stderr } = await options(['-f', 'gone.yaml', '-n', 'No', '--image', 'x'], {
    files: { 'i2kit.yaml': 'ap: a\nregion: 1\n' },
  });
  expect(stderr.match(/^error\[\w+\]/gm)).toHaveLength(5);
});

test('an alias bomb is refused', async () => {
  const lines = [
    'a: &a [1,1,1,1,1,1,1,1,1,1]',
    ...Array.from(
      { length: 8 },
      (_, i) => `${'bcdefghi'[i]}: &${'bcdefghi'[i]} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(',')}]`,
    ),
  ];
  expect(await wrong(lines.join('\n'))).toContain('I2K730');
});

test('comments alone are a configuration', async () => {
  expect((await options([], { files: { 'i2kit.yaml': '# nothing yet\n' } })).code).toBe(0);
});

test('--config names another file, which has to be there', async () => {
  expect(
    (await options(['--config', 'ops/prod.yaml'], { files: { 'i2kit.yaml': 'x: 1', 'ops/prod.yaml': 'app: prod' } }))
      .given?.app,
  ).toBe('prod');
  expect((await options(['--config', 'no.yaml'], {})).stderr).toContain('error[I2K720] no.yaml');
});

test('a flag or a variable with a wrong value is named', async () => {
  expect((await options(['--env', '1x'], {})).stderr).toContain('error[I2K742] --env ');
  expect((await options([], { env: { I2KIT_REGION: 'Ireland' } })).stderr).toContain(
    "error[I2K732] I2KIT_REGION 'region' has an invalid value\n  For example: eu-west-1.",
  );
});

describe('the name of the app', () => {
  test('is that of the label', async () => {
    expect((await options([], {})).given?.app).toBe('shop');
  });

  const unnamed = (name: string) => `kind: Deployment\nmetadata: {name: ${name}}\n`;

  test('is that of the only folder, and this is told', async () => {
    const files = { 'Shop/web.yaml': unnamed('web'), 'Shop/api.yaml': unnamed('api') };
    const { code, stdout, stderr } = await i2kit(['synth', '-f', 'Shop', '-o', 'name'], { files });
    expect([code, stdout]).toEqual([0, 'default-shop\n']);
    expect(stderr).toContain('The app is named shop, after the folder Shop. Pass --app,');
    expect((await i2kit(['synth', '-f', 'Shop', '-o', 'name', '--quiet'], { files })).stderr).toBe('');
  });

  test('is that of the only workload', async () => {
    const files = { 'a.yaml': unnamed('web') };
    const { stdout, stderr } = await i2kit(['synth', '-f', 'a.yaml', '-o', 'name'], { files });
    expect(stdout).toBe('default-web\n');
    expect(stderr).toContain('The app is named web, after its only workload.');
  });

  test('is missing where several files and workloads name none, or a name that no stack can have', async () => {
    const files = {
      'a.yaml': unnamed('web'),
      'b.yaml': unnamed('api'),
      '_/a.yaml': unnamed('web'),
      '_/b.yaml': unnamed('api'),
    };
    for (const flags of [
      ['-f', 'a.yaml', '-f', 'b.yaml'],
      ['-f', '_'],
    ]) {
      const { code, stderr } = await i2kit(['synth', ...flags], { files });
      expect([code, stderr.slice(0, 14)]).toEqual([2, 'error[I2K740] ']);
      expect(stderr).toContain('--app NAME');
    }
  });

  test('is not guessed from manifests that cannot be read, so that no other stack is destroyed', async () => {
    const unreadable = diagnosticAt('I2K720', 'this is not YAML', { source: 'a.yaml' });
    const { code, stderr } = await i2kit(['destroy', '-f', 'a.yaml', '--yes'], {
      files: { 'a.yaml': unnamed('web') },
      compiler: { workloadNames: () => failure(unreadable) },
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining('this is not YAML')]);
  });

  test('leaves the errors of manifests to be told', async () => {
    const files = { 'a.yaml': 'kind: Deployment\nmetadata: {name: web}\nspec: {say: error}\n' };
    const { code, stderr } = await i2kit(['synth', '-f', 'a.yaml'], { files });
    expect(code).toBe(2);
    expect(stderr).toContain('It says error.');
    expect(stderr).not.toContain('I2K740');
  });

  test('is ambiguous', async () => {
    const { stderr } = await options(['-f', 'b.yaml'], {
      files: { 'b.yaml': manifest('Deployment', 'b', {}, 'bank') },
    });
    expect(stderr).toContain(
      'error[I2K741] app.kubernetes.io/part-of the objects belong to several apps: bank and shop',
    );
  });

  test('is one that a stack cannot have', async () => {
    expect(
      (await options([], { files: { 'web.yaml': manifest('Deployment', 'web', {}, 'my.shop') } })).stderr,
    ).toContain('error[I2K742] app.kubernetes.io/part-of');
  });
});

describe('the region', () => {
  const region = async (env: Readonly<Record<string, string>>, yaml = '') =>
    (await options([], { env, files: { 'i2kit.yaml': yaml } })).given?.config?.region;

  test('is that of i2kit.yaml, else that of AWS variables', async () => {
    expect(await region({})).toBeUndefined();
    expect(await region({ AWS_DEFAULT_REGION: 'eu-west-3' })).toBe('eu-west-3');
    expect(await region({ AWS_REGION: 'eu-west-2', AWS_DEFAULT_REGION: 'eu-west-3' })).toBe('eu-west-2');
    expect(await region({ AWS_REGION: 'eu-west-2' }, 'region: eu-west-1\n')).toBe('eu-west-1');
  });
});

describe('--image', () => {
  test('gives one id, or one for each region', async () => {
    const argv = ['--image', `web=${ami}`, '--image', `StatefulSet/data/db=us-east-1:${ami},eu-west-1:ami-01234567`];
    expect((await options(argv, {})).given?.images).toEqual({
      web: ami,
      'StatefulSet/data/db': { 'eu-west-1': 'ami-01234567', 'us-east-1': ami },
    });
  });

  test.each([
    'web',
    'web=',
    '=ami-01234567',
    'web=ami-1',
    'web=eu-west-1:ami-01234567,ami-01234567',
    'web=eu:ami-01234567',
    'w b=ami-01234567',
    'a/b/c/d=ami-01234567',
  ])('%s is refused', async (text) => {
    const { code, stderr } = await options(['--image', text], {});
    expect(code).toBe(2);
    expect(stderr).toContain(`error[I2K735] --image ${text} `);
  });

  test('twice for one workload has to agree', async () => {
    expect((await options(['--image', `web=${ami}`, '--image', `web=${ami}`], {})).code).toBe(0);
    expect((await options(['--image', `web=${ami}`, '--image', 'web=ami-01234567'], {})).stderr).toContain(
      "'web' has another image already",
    );
  });
});

test('what the compiler is to know of the rest of the flags', async () => {
  const argv = [
    '-n',
    'prod',
    '-l',
    'tier=web',
    '--require-images',
    '--ignore-kind',
    'Role,RoleBinding',
    '--ignore-kind',
    'Widget',
  ];
  expect((await options(argv, {})).given).toMatchObject({
    namespace: 'prod',
    selector: 'tier=web',
    requireImages: true,
    ignoreKinds: ['Role', 'RoleBinding', 'Widget'],
  });
});

test('a key that is no text is refused like an unknown one, without a warning of the process', async () => {
  const warnings: unknown[] = [];
  const { emitWarning } = process;
  process.emitWarning = (warning: unknown) => warnings.push(warning);
  try {
    expect(await wrong('? {a: 1}\n: b\n')).toContain('I2K731');
  } finally {
    process.emitWarning = emitWarning;
  }
  expect(warnings).toEqual([]);
});
