// `i2kit synth`: what goes where, and in which form.
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder, i2kit, manifest } from '../harness.ts';

const web = manifest('Deployment', 'web');

test('one stack goes to standard output as JSON, and nothing else does', async () => {
  const { code, stdout, stderr } = await i2kit(['synth', '-f', 'web.yaml'], { files: { 'web.yaml': web } });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: { Deploymentweb: {} },
  });
  expect(stdout.endsWith('}\n')).toBe(true);
  expect(stderr).toBe('');
});

test('-o yaml quotes what YAML 1.1 would take for something else', async () => {
  const { stdout } = await i2kit(['synth', '-f', 'web.yaml', '-oyaml'], { files: { 'web.yaml': web } });
  expect(stdout).toContain('AWSTemplateFormatVersion: "2010-09-09"');
  expect(stdout).toContain('TopicName: "yes"');
});

test('-o name prints the names of the stacks', async () => {
  const { stdout } = await i2kit(['synth', '-f', 'web.yaml', '-o', 'name', '--env', 'staging'], {
    files: { 'web.yaml': web },
  });
  expect(stdout).toBe('staging-shop\n');
});

describe('several stacks', () => {
  const files = { 'web.yaml': web, 'db.yaml': manifest('StatefulSet', 'db', { stack: 'data' }) };

  test('are YAML documents on standard output', async () => {
    const { code, stdout } = await i2kit(['synth', '-f', '.'], { files });
    expect(code).toBe(0);
    expect(stdout.match(/^--- # .*/gm)).toEqual(['--- # default-data', '--- # default-shop']);
  });

  test('cannot be one JSON text', async () => {
    const { code, stdout, stderr } = await i2kit(['synth', '-f', '.', '-o', 'json'], { files });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('I2K750');
  });

  test('are a file each with -d', async () => {
    const { code, stdout, list } = await i2kit(['synth', '-f', '.', '-d', 'out/deep'], { files });
    expect([code, stdout]).toEqual([0, '']);
    expect(list()).toEqual([
      'db.yaml',
      'out/deep/default-data.template.json',
      'out/deep/default-shop.template.json',
      'web.yaml',
    ]);
  });
});

describe('-d', () => {
  const sha = 'a'.repeat(64);
  const files = { 'web.yaml': manifest('Deployment', 'web', { large: sha }) };

  test('writes payloads too, under their hash', async () => {
    const { read, list } = await i2kit(['synth', '-f', 'web.yaml', '-d', 'out'], { files });
    expect(list()).toEqual([`out/assets/${sha}`, 'out/default-shop.template.json', 'web.yaml']);
    expect(read(`out/assets/${sha}`)).toBe('payload');
  });

  test('leaves a file alone that is right already, so that its time stays', async () => {
    const first = await i2kit(['synth', '-f', 'web.yaml', '-d', 'out'], { files });
    const file = join(first.cwd, 'out/default-shop.template.json');
    const before = statSync(file).ino;
    await i2kit(['synth', '-f', 'web.yaml', '-d', 'out'], { cwd: first.cwd });
    expect(statSync(file).ino).toBe(before);
  });

  test('its files are no manifests where they lie beside them', async () => {
    const { cwd } = await i2kit(['synth', '-f', '.', '-d', '.'], { files });
    const { code, list } = await i2kit(['synth', '-f', '.', '-R', '-d', '.'], { cwd });
    expect(code).toBe(0);
    expect(list()).toContain('default-shop.template.json');
  });

  test('without it, standard output cannot hold payloads, which is said', async () => {
    const { code, stderr } = await i2kit(['synth', '-f', 'web.yaml'], { files });
    expect(code).toBe(0);
    expect(stderr).toContain('warning[I2K752]');
  });

  test('writes no lock where a template cannot be written', async () => {
    const cwd = createFolder({ ...files, 'out/default-shop.template.json/': '' });
    const { code, stderr, list } = await i2kit(['synth', '-f', 'web.yaml', '-d', 'out', '--write-lock'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('error[I2K751] ');
    expect(list().filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(list()).not.toContain('i2kit.lock.json');
  });

  test('leaves the old file where the system fails half-way', async () => {
    const old = { ...files, 'out/default-shop.template.json': 'old' };
    const full = Object.assign(new Error("ENOSPC: no space left on device, write '/x'"), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    const writeFileSync = () => {
      throw full;
    };
    const { code, stderr, read, list } = await i2kit(['synth', '-f', 'web.yaml', '-d', 'out'], {
      files: old,
      fsOverrides: { writeFileSync },
    });
    expect(code).toBe(2);
    expect(stderr).toContain('ENOSPC: no space left on device');
    expect(read('out/default-shop.template.json')).toBe('old');
    expect(list()).toHaveLength(2);
  });
});

test('an error writes nothing', async () => {
  const files = { 'web.yaml': web, 'bad.yaml': manifest('Deployment', 'bad', { say: 'error' }) };
  const { code, stdout, stderr, list } = await i2kit(['synth', '-f', '.', '-d', 'out', '--write-lock'], { files });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('error[I2K732] bad.yaml:3:8 It says error.');
  expect(list()).toEqual(['bad.yaml', 'web.yaml']);
});

test('the order of flags does not change a byte', async () => {
  const files = {
    'a/web.yaml': web,
    'b/db.yaml': manifest('StatefulSet', 'db'),
    'c.json': '{"kind":"Service","metadata":{"name":"c"}}',
  };
  const cwd = createFolder(files);
  const one = await i2kit(['synth', '-f', 'a', '-f', 'b', '-f', 'c.json', '--app', 'x'], { cwd });
  const other = await i2kit(['--app', 'x', '-f', 'c.json', '-f', 'b', 'synth', '-f', 'a/web.yaml', '-f', './a'], {
    cwd,
  });
  expect(other.stdout).toBe(one.stdout);
});

describe('the summary', () => {
  const files = { 'web.yaml': manifest('Deployment', 'web', { replicas: 3 }), 'db.yaml': manifest('Deployment', 'db') };

  test('is there on a terminal', async () => {
    const { stderr } = await i2kit(['synth', '-f', '.', '--image', 'db=ami-01234567'], { files, tty: ['stdout'] });
    expect(stderr).toBe(
      'default-shop: 4 machines in 2 groups and 1 internal load balancer; 2 resources. The load balancer costs about $16 a month in us-east-1. For internal Services, `via: dns` would save $16. Missing: the image of Deployment/default/web (--image, or a parameter of the stack).\n',
    );
  });

  test.each([
    ['eu-west-1', '$18 a month.'],
    ['sa-east-1', '$25 a month.'],
    ['af-south-1', '$16 a month in us-east-1.'],
  ])('has the price of a load balancer in %s', async (region, price) => {
    const args = ['synth', '-f', '.', '--region', region, '--image', 'db=ami-01234567'];
    const { stderr } = await i2kit(args, { files, tty: ['stdout'] });
    expect(stderr).toContain(`The load balancer costs about ${price}`);
  });

  test('names decisions that no lock keeps', async () => {
    const { stderr } = await i2kit(['synth', '-f', '.', '-d', 'out'], {
      files: { 'db.yaml': manifest('StatefulSet', 'db', { zone: 'eu-west-1a' }) },
    });
    expect(stderr).toContain('i2kit.lock.json with the decisions of this run (--write-lock)');
  });

  test('is not there for -q', async () => {
    expect((await i2kit(['synth', '-f', '.', '-q'], { files, tty: ['stdout'] })).stderr).toBe('');
  });
});

test('-v says what was read', async () => {
  const { stderr } = await i2kit(['synth', '-v', '-f', '.'], { files: { 'web.yaml': web, 'i2kit.yaml': 'app: shop' } });
  expect(stderr).toBe('configuration: i2kit.yaml; lock: none\nmanifests: web.yaml\n');
});

test('-q keeps errors and drops warnings', async () => {
  const files = {
    'a.yaml': manifest('Deployment', 'a', { say: 'warning' }),
    'b.yaml': manifest('Deployment', 'b', { say: 'error' }),
  };
  const { stderr } = await i2kit(['synth', '-f', '.', '-q'], { files });
  expect(stderr.match(/^\w+\[/gm)).toEqual(['error[']);
});

test('a directory that cannot be written to is an error that says so', async () => {
  if (process.getuid?.() === 0) return;
  const cwd = createFolder({ 'web.yaml': web, 'out/': '' });
  chmodSync(join(cwd, 'out'), 0o500);
  expect((await i2kit(['synth', '-f', 'web.yaml', '-d', 'out'], { cwd })).stderr).toContain('EACCES');
});
