// Reading manifests: which files, in which order, and what is refused.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from '@i2kit/compiler';
import { compiler as fake } from '../fakeCompiler.ts';
import { type CommandFixture, createFolder, i2kit, manifest } from '../harness.ts';

const web = manifest('Deployment', 'web');

/** The names of what was compiled. */
async function compiled(argv: readonly string[], world: CommandFixture) {
  let read: readonly Source[] = [];
  const compile: typeof fake.compile = (sources, options) => {
    read = sources;
    return fake.compile(sources, options);
  };
  const ran = await i2kit(['synth', ...argv], { ...world, compiler: { compile } });
  return { ...ran, names: read.map(({ name }) => name), texts: read.map(({ text }) => text) };
}

test('a directory gives its manifests, in the order of code units, and not those below it', async () => {
  const files = { 'm/b.yaml': web, 'm/B.yml': web, 'm/a.json': '{}', 'm/readme.md': '', 'm/deep/c.yaml': web };
  expect((await compiled(['-f', 'm'], { files })).names).toEqual(['m/B.yml', 'm/a.json', 'm/b.yaml']);
  expect((await compiled(['-Rf', 'm'], { files })).names).toEqual(['m/B.yml', 'm/a.json', 'm/b.yaml', 'm/deep/c.yaml']);
});

test('what i2kit reads and writes itself is no manifest where it lies in a directory', async () => {
  const files = {
    'web.yaml': web,
    'i2kit.yaml': 'app: shop',
    'i2kit.lock.json': '{"version":1}',
    'default-shop.template.json': '{}',
  };
  expect((await compiled(['-f', '.'], { files })).names).toEqual(['web.yaml']);
});

test('a file that is named twice is read once, under the same name in any order', async () => {
  const files = { 'm/web.yaml': web };
  expect((await compiled(['-f', 'm/web.yaml', '-f', 'm', '-f', './m/../m/web.yaml'], { files })).names).toEqual([
    './m/../m/web.yaml',
  ]);
  expect((await compiled(['-f', './m/../m/web.yaml', '-f', 'm'], { files })).names).toEqual(['./m/../m/web.yaml']);
});

test('- is standard input', async () => {
  const { names, texts } = await compiled(['-f', '-', '-f', 'a.yaml', '-f', '-'], {
    files: { 'a.yaml': web },
    stdin: 'kind: Pod\n',
  });
  expect(names).toEqual(['<stdin>', 'a.yaml']);
  expect(texts[0]).toBe('kind: Pod\n');
});

test('I2KIT_MANIFEST counts where there is no -f', async () => {
  const env = { I2KIT_MANIFEST: `${Buffer.from(web).toString('base64')}\n` };
  expect((await compiled([], { env })).texts).toEqual([web]);
  expect((await compiled(['-f', 'a.yaml'], { env, files: { 'a.yaml': web } })).names).toEqual(['a.yaml']);
  const { code, stderr } = await i2kit(['synth'], { env: { I2KIT_MANIFEST: 'kind: Pod' } });
  expect([code, stderr.slice(0, 29)]).toEqual([2, 'error[I2K729] I2KIT_MANIFEST ']);
});

test('a byte order mark is no part of the text', async () => {
  expect((await compiled(['-f', 'a.yaml'], { files: { 'a.yaml': `\uFEFF${web}` } })).texts).toEqual([web]);
});

test('symbolic links to files and directories are followed', async () => {
  const cwd = createFolder({ 'real/web.yaml': web, 'm/': '' });
  symlinkSync('../real', join(cwd, 'm/link'));
  symlinkSync('../real/web.yaml', join(cwd, 'm/web.yaml'));
  expect((await compiled(['-f', 'm', '-R'], { cwd })).names).toEqual(['m/link/web.yaml']);
});

describe('is refused', () => {
  const refused = async (argv: readonly string[], world: CommandFixture) => {
    const { code, stdout, stderr } = await i2kit(['synth', '--app', 'x', ...argv], world);
    expect([code, stdout]).toEqual([2, '']);
    return stderr;
  };

  test('nothing at all', async () => {
    expect(await refused([], { tty: ['stdin'] })).toContain('error[I2K728] -f there is no input');
    expect(await refused([], {})).toContain('-f - reads standard input');
  });

  test('a missing file, with all others that are missing', async () => {
    expect((await refused(['-f', 'a.yaml', '-f', 'b.yaml'], {})).match(/I2K720\] \S+/g)).toEqual([
      'I2K720] a.yaml',
      'I2K720] b.yaml',
    ]);
  });

  test('an address', async () => {
    expect(await refused(['-f', 'https://example.com/web.yaml'], {})).toContain(
      'error[I2K727] https://example.com/web.yaml',
    );
  });

  test('a pipe with too much text', async () => {
    const cwd = createFolder({ 'm/': '' });
    const pipe = join(cwd, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const writer = spawn('sh', ['-c', `yes '# comment' > ${pipe}`], { stdio: 'ignore' });
    expect(await refused(['-f', 'pipe'], { cwd })).toContain('error[I2K725] pipe it has more than 16 MiB');
    // Its pipe is closed.
    await once(writer, 'close');
  });

  test('a FIFO in a directory, and a device', async () => {
    const cwd = createFolder({ 'm/': '' });
    execFileSync('mkfifo', [join(cwd, 'm/pipe.yaml')]);
    expect(await refused(['-f', 'm'], { cwd })).toContain('error[I2K721] m/pipe.yaml this is a FIFO, not a file');
    expect(await refused(['-f', '/dev/zero'], { cwd })).toContain(
      'error[I2K721] /dev/zero this is a device, not a file',
    );
  });

  test('a link to itself, and a link to a directory above', async () => {
    const cwd = createFolder({ 'm/deep/': '' });
    symlinkSync('self.yaml', join(cwd, 'self.yaml'));
    symlinkSync('..', join(cwd, 'm/deep/up'));
    expect(await refused(['-f', 'self.yaml'], { cwd })).toContain('error[I2K722] self.yaml');
    expect(await refused(['-R', '-f', 'm'], { cwd })).toContain('error[I2K722] m/deep/up');
    expect(await refused(['-R', '-f', 'm'], { cwd })).not.toContain('m/deep/up/deep');
  });

  test('a directory without manifests, with a word about -R', async () => {
    const stderr = await refused(['-f', 'm'], { files: { 'm/deep/a.yaml': web } });
    expect(stderr).toContain('error[I2K723] m');
    expect(stderr).toContain('Subdirectories are read with -R.');
  });

  test('what is not UTF-8, at its place', async () => {
    const bytes = Buffer.concat([
      Buffer.from('kind: Pod # \uFFFD is fine\nname: w'),
      Buffer.from([0xe9]),
      Buffer.from('b\n'),
    ]);
    expect(await refused(['-f', 'a.yaml'], { files: { 'a.yaml': bytes } })).toContain(
      'error[I2K724] a.yaml:2:8 the bytes here are not UTF-8',
    );
    const utf16 = Buffer.from('\uFEFFkind: Pod\n', 'utf16le');
    expect(await refused(['-f', 'a.yaml'], { files: { 'a.yaml': utf16 } })).toContain('a.yaml:1:1 the text is UTF-16');
    expect(await refused(['-f', '-'], { stdin: bytes })).toContain('<stdin>:2:8');
  });

  test('what is too large, before it is read', async () => {
    const statSync = ((path: string) => ({
      isFile: () => true,
      isDirectory: () => false,
      size: path.endsWith('big.yaml') ? 17 << 20 : 1,
    })) as never;
    const readFileSync: never = (() => {
      throw new Error('read');
    }) as never;
    const realpathSync = ((path: string) => path) as never;
    const system = { statSync, readFileSync, realpathSync };
    expect(await refused(['-f', 'big.yaml'], { fsOverrides: system })).toContain(
      'error[I2K725] big.yaml it has 17 MiB, over the limit of 16 MiB',
    );
    const many = Array.from({ length: 10_001 }, (_, i) => ['-f', `${i}.yaml`]).flat();
    expect(await refused(many, { fsOverrides: system })).toContain('10001 files exceed the limit of 10000');
    expect(await refused(['-f', '-'], { stdin: 'x'.repeat((16 << 20) + 1) })).toContain('error[I2K725] <stdin>');
  });

  test('what the system does not let be read', async () => {
    const denied = Object.assign(new Error("EACCES: permission denied, open '/x/a.yaml'"), {
      code: 'EACCES',
      syscall: 'open',
    });
    const system = {
      readFileSync: ((path: string) => {
        if (path.endsWith('a.yaml')) throw denied;
        return readFileSync(path);
      }) as never,
    };
    expect(await refused(['-f', 'a.yaml'], { files: { 'a.yaml': web }, fsOverrides: system })).toContain(
      'error[I2K726] a.yaml the system cannot read it: EACCES: permission denied',
    );
  });
});
