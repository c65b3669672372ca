// Stack sets through the built command line, against the AWS emulator.
import { startEmptyAccount } from '../fixtures/app.ts';

const { folder } = await startEmptyAccount();

const [one, two] = ['111111111111', '222222222222'];
const images = (...regions: readonly string[]) =>
  `images: {web: {${regions.map((region) => `${region}: ami-0a1b2c3d4e5f60001`).join(', ')}}}`;

const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.27", ports: [{containerPort: 80}], env: [{name: COLOUR, value: green}]}]}
`;

beforeAll(async () => {
  folder.write('web.yaml', web);
  folder.write('i2kit.yaml', `app: shop\nregion: eu-west-1\n${images('eu-west-1', 'us-east-1')}\ntags: {team: shop}\n`);
});

const apply = (...flags: readonly string[]) =>
  folder.run('apply', '-f', 'web.yaml', '--yes', '--progress', 'plain', ...flags);
const everywhere = ['--regions', 'us-east-1,eu-west-1', '--accounts', `${one},${two}`] as const;

test.each([
  [
    'a region without an image',
    ['--regions', 'eu-west-1,eu-north-1', '--accounts', one],
    /I2K737\].*Deployment\/default\/web has no image in eu-north-1/,
  ],
  ['no accounts', ['--regions', 'eu-west-1'], /I2K749\].*needs accounts or organizational units/],
  ['no regions', ['--accounts', one], /I2K749\].*needs regions/],
  ['accounts and units', [...everywhere, '--organizational-units', 'ou-ab12-cdefghij'], /I2K749\].*both/],
  ['an account that is none', ['--regions', 'eu-west-1', '--accounts', '12'], /I2K732\] --accounts/],
  ['a tolerance that is none', [...everywhere, '--failure-tolerance', '200%'], /I2K732\] --failure-tolerance/],
])('%s is refused', async (_, flags, said) => {
  const { code, stderr } = await apply(...(flags as string[]));
  expect([code, stderr]).toEqual([2, expect.stringMatching(said)]);
});

test('a review cannot be kept of what has no change set', async () => {
  expect(await apply(...everywhere, '--save-review', 'x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no change set'),
  });
});

test('nor where i2kit.yaml alone says that it is a set, and nothing is deployed', async () => {
  folder.edit('i2kit.yaml', 'tags:', `stackSet: {regions: [eu-west-1, us-east-1], accounts: ["${one}"]}\ntags:`);
  for (const flags of [['--save-review', 'x'], ['--with-env'], ['--prune'], ['--force-redeploy']])
    expect(await apply(...flags)).toMatchObject({ code: 2, stderr: expect.stringContaining('stack set') });
  expect(await folder.run('apply', '-f', 'web.yaml', '--review', 'x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no change set'),
  });
  expect(await folder.run('status')).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('There is no stack set'),
  });
  folder.edit('i2kit.yaml', /stackSet:.*\n/, '');
});

test('what machines need is looked up in each region of the own account, and said of the others', async () => {
  const own = '123456789012';
  folder.write(
    'db.yaml',
    web.replaceAll('web', 'db').replace('value: green', 'valueFrom: {secretKeyRef: {name: pass, key: word}}'),
  );
  const set = [
    '-f',
    'db.yaml',
    '--image',
    'db=eu-west-1:ami-0a1b2c3d4e5f60001,us-east-1:ami-0a1b2c3d4e5f60001',
    '--app',
    'db',
    '--yes',
  ];
  const places = ['--regions', 'eu-west-1,us-east-1', '--accounts', `${own},${one}`];
  folder.edit('i2kit.yaml', /images:.*\n/, '');
  const refused = await folder.run('apply', ...set, ...places);
  expect(refused).toMatchObject({ code: 4, stdout: '' });
  expect(refused.stderr.match(/error\[I2K760\].*/g)).toEqual([
    expect.stringContaining('the account has no secret i2kit/default/default/pass (eu-west-1)'),
    expect.stringContaining('(us-east-1)'),
  ]);
  folder.write('secret.txt', 'apiVersion: v1\nkind: Secret\nmetadata: {name: pass}\nstringData: {word: none}\n');
  for (const region of ['eu-west-1', 'us-east-1'])
    expect((await folder.run('secrets', 'push', '-f', 'secret.txt', '--app', 'db', '--region', region)).code).toBe(0);
  const made = await folder.run('apply', ...set, ...places, '--detach');
  expect(made).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`warning: Cannot check ${one} without its own credentials`),
  });
  expect(JSON.parse(folder.read('i2kit.lock.json'))).toHaveProperty('secrets');
  expect(made.stderr).toContain('in eu-west-1 and us-east-1: the secret i2kit/default/default/pass');
  folder.edit('i2kit.yaml', 'tags:', `${images('eu-west-1', 'us-east-1')}\ntags:`);
});

test('it is shown, made, and told stack by stack', async () => {
  const { code, stderr } = await apply(
    ...everywhere,
    '--failure-tolerance',
    '50%',
    '--max-concurrent',
    '2',
    '--region-concurrency',
    'parallel',
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).toContain('Stack set default-shop in eu-west-1, account 123456789012, is made\n');
  expect(stderr).toContain('  CREATE 4 · UPDATE 0 · DESTROY 0');
  const told = [...stderr.matchAll(/(\d{12}\/[a-z0-9-]+) SUCCEEDED/g)].map(([, place]) => place);
  expect(told).toEqual([`${one}/us-east-1`, `${two}/us-east-1`, `${one}/eu-west-1`, `${two}/eu-west-1`]);
  expect(stderr).toContain('The stack set default-shop is current: 4 stacks.');
  const status = await folder.run('status', '--app', 'shop', '--stack-set');
  expect(status).toMatchObject({ code: 0, stdout: expect.stringContaining(`${two}  us-east-1  CURRENT\n`) });
});

test('the same again does nothing; a change reaches every stack; what is no longer named goes', async () => {
  expect(await apply(...everywhere)).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('there was nothing to do'),
  });
  folder.edit('web.yaml', 'value: green', 'value: blue');
  const changed = await apply(...everywhere);
  expect(changed).toMatchObject({ code: 0, stderr: expect.stringContaining('changes: template\n') });
  expect(changed.stderr).toContain('  CREATE 0 · UPDATE 4 · DESTROY 0');
  const less = await apply('--regions', 'eu-west-1', '--accounts', `${one},${two}`);
  expect(less).toMatchObject({ code: 0, stderr: expect.stringMatching(/DESTROY {2}111111111111\/us-east-1/) });
  const { stdout } = await folder.run('status', '--app', 'shop', '--stack-set', '-o', 'json');
  expect(
    JSON.parse(stdout).stacks.map(({ account, region }: { account: string; region: string }) => `${account}/${region}`),
  ).toEqual([`${one}/eu-west-1`, `${two}/eu-west-1`]);
});

test('detached, and taken up again by the same command from i2kit.yaml', async () => {
  folder.edit(
    'i2kit.yaml',
    'tags:',
    `stackSet: {regions: [eu-west-1, us-east-1], accounts: ["${one}", "${two}"]}\ntags:`,
  );
  expect(await apply('--detach')).toMatchObject({ code: 0, stderr: expect.stringContaining('continues in AWS') });
  const { code, stderr } = await apply();
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('An earlier run of the same input is in progress'),
  });
});

test('a stack that fails is told with its reason, and the exit code is that of a failed deployment', async () => {
  folder.edit('i2kit.yaml', /images: .*/, images('eu-west-1', 'us-east-1', 'me-central-1'));
  const { code, stderr } = await apply('--regions', 'eu-west-1,us-east-1,me-central-1');
  expect([code, stderr]).toEqual([
    3,
    expect.stringMatching(/222222222222\/me-central-1: Account 222222222222 is not opted in/),
  ]);
  expect(await folder.run('status')).toMatchObject({ code: 3, stdout: expect.stringContaining('OUTDATED') });
});

test('it is destroyed with its stacks, and once more', async () => {
  const gone = await folder.run('destroy', '--yes');
  expect(gone).toMatchObject({ code: 0, stderr: expect.stringContaining(`DESTROY  ${one}  eu-west-1`) });
  expect(gone.stderr).toContain('The stack set default-shop is gone.');
  expect(await folder.run('destroy', '--yes')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('nothing to do'),
  });
  expect(await folder.run('status')).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('There is no stack set default-shop'),
  });
});
