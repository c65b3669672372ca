// Words that make sense, and words that do not.

import { parseArgv } from '../src/argv.ts';
import { OutputError } from '../src/output/outputError.ts';
import { i2kit, manifest } from './harness.ts';

const values = (...argv: readonly string[]) => parseArgv(argv).values;

test('flags are written as kubectl takes them', () => {
  expect(values('-ojson', '-nprod', '-Rf', 'x')).toEqual({
    output: 'json',
    namespace: 'prod',
    recursive: true,
    filename: ['x'],
  });
  expect(values('-f', '-', '--filename', '-', '-f=-', '--filename=a')).toEqual({ filename: ['-', '-', '-', 'a'] });
  expect(values('-n', 'a', '--namespace', 'b')).toEqual({ namespace: 'b' });
  expect(values('--no-color', '--quiet=false')).toEqual({ color: false, quiet: false });
  expect(values('--app', '007', '--env', '1e3')).toEqual({ app: '007', env: '1e3' });
  expect(parseArgv(['synth', '--', '-f', '-ojson']).operands).toEqual(['synth', '-f', '-ojson']);
  expect(values('-l', 'a=b,c!=d')).toEqual({ selector: 'a=b,c!=d' });
});

test.each([
  [['snyth', '-f', '.'], "There is no command 'snyth'. Did you mean 'synth'?"],
  [['frobnicate'], "There is no command 'frobnicate'."],
  [['env'], "'env' needs a subcommand: env synth, env create, env status or env destroy."],
  [['env', 'snyth'], "There is no command 'env snyth'. Did you mean 'env synth'?"],
  [['synth', '--imge', 'web=x'], 'There is no flag --imge. Did you mean --image?'],
  [['synth', '--no-colour'], 'There is no flag --colour. Did you mean --color?'],
  [['synth', '-x'], 'There is no flag -x.'],
  [['--imge'], 'There is no flag --imge. Did you mean --image?'],
  [['synth', '-f'], '-f needs a value.'],
  [['synth', '--app', '--env', 'x'], '--app needs a value.'],
  [['synth', '--app='], '--app needs a value.'],
  [['synth', '--no-app'], '--app needs a value.'],
  [['synth', '--quiet=yes'], '--quiet takes no value.'],
  [['synth', 'web.yaml'], "'synth' takes no operand; got 'web.yaml'. Pass files with -f: -f web.yaml"],
  [['synth', '-o', 'jsn'], "-o takes json, yaml or name; got 'jsn'. Did you mean json?"],
  [['validate', '-o', 'yaml'], "-o takes json; got 'yaml'."],
  [['validate', '-d', 'x'], "'validate' does not accept --dir."],
  [['completion'], "'completion' needs an operand: bash, zsh or fish."],
  [['completion', 'tcsh'], "'completion' takes bash, zsh or fish; got 'tcsh'."],
  [['explain'], "'explain' needs an operand"],
  [['explain', 'a', 'b'], "'explain' takes one operand; got 'b'."],
  [['help', 'snyth'], "There is no command 'snyth'. Did you mean 'synth'?"],
  [['syn\u001bth'], "There is no command 'syn\\u001bth'. Did you mean 'synth'?"],
])('%j is wrong usage', async (argv, said) => {
  const { code, stdout, stderr } = await i2kit(argv);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`error: ${said}`);
  expect(stderr).toMatch(/^Run 'i2kit (\S+ )*--help' for usage\.$/m);
});

test('a bug of ours has a code of its own, and its stack only on request', async () => {
  const files = { 'a.yaml': manifest('Deployment', 'a', { crash: 'Oh' }) };
  const quiet = await i2kit(['synth', '-f', '.'], { files });
  expect([quiet.code, quiet.stdout]).toEqual([70, '']);
  expect(quiet.stderr).toContain('i2kit failed: Oh\nThis is a bug in i2kit');
  expect(quiet.stderr).not.toContain('    at ');
  expect((await i2kit(['synth', '-vf', '.'], { files })).stderr).toMatch(/^ {4}at /m);
});

test('a reader that has left is no error', async () => {
  const closed = new OutputError('output-closed', 'Standard output is closed.');
  const { code, stderr } = await i2kit(['version'], { stdoutError: closed });
  expect([code, stderr]).toEqual([0, '']);
});

test.each([
  new OutputError('output-failed', 'The system cannot write to standard output: ENOSPC: no space left on device.'),
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' }),
])('a full disk is no bug', async (stdoutError) => {
  const { code, stderr } = await i2kit(['version'], { stdoutError });
  expect([code, stderr]).toEqual([
    3,
    expect.stringMatching(/^error: The system .*: ENOSPC: no space left on device\.\n$/),
  ]);
});

describe('colours', () => {
  const bad = { files: { 'a.yaml': manifest('Deployment', 'a', { say: 'error' }) } };
  test.each([
    [false, [], {}, []],
    [true, [], {}, ['stderr'] as const],
    [false, [], {}, ['stdout'] as const],
    [false, [], { NO_COLOR: '1' }, ['stderr'] as const],
    [true, [], { NO_COLOR: '' }, ['stderr'] as const],
    [false, [], { TERM: 'dumb' }, ['stderr'] as const],
    [true, [], { FORCE_COLOR: '1', NO_COLOR: '1' }, []],
    [false, [], { FORCE_COLOR: '0' }, ['stderr'] as const],
    [false, ['--no-color'], { FORCE_COLOR: '1' }, ['stderr'] as const],
    [true, ['--color'], { NO_COLOR: '1', TERM: 'dumb' }, []],
  ])('%s for %j, %j, %j', async (colours, argv, env, tty) => {
    const { stderr } = await i2kit(['synth', '-f', '.', ...argv], { ...bad, env, tty });
    expect(stderr.includes('\u001b[')).toBe(colours);
  });
});
