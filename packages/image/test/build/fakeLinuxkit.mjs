#!/usr/bin/env node
// Stands in for linuxkit: records its flags, makes small archives, and fails as FAKE says.
import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';

const { FAKE = '', FAKE_ROOT = '', FAKE_STUB = '', FAKE_VERSION = 'v1.7.1', FAKE_CALLS = '' } = process.env;
const args = process.argv.slice(2);
const value = (name) => args[args.indexOf(name) + 1] ?? '';
appendFileSync(FAKE_CALLS, `${args.join(' ')}\n`);
const known = [
  '--dry-run',
  '--arch',
  '--cache',
  '--mirror',
  '--format',
  '--o',
  '--dir',
  '--name',
  '--platform',
  '--outfile',
];
if (args[1] === 'pull') known.splice(known.indexOf('--platform'), 1);
const unknown = args.find((arg) => arg.startsWith('-') && !known.includes(arg));
if (unknown) fail(`unknown flag: ${unknown}`);

if (args[0] === 'version') console.log(`linuxkit version ${FAKE_VERSION}\ncommit: abc`);
else if (args.includes('--dry-run')) FAKE === 'invalid' && fail('invalid configuration: services.0: image is required');
else if (args[0] === 'build') build();
else if (args[1] === 'export') {
  if (FAKE !== 'cached' && !readFileSync(FAKE_CALLS, 'utf8').includes('cache pull')) fail('no image found for stub');
  copyFileSync(FAKE_STUB, value('--outfile'));
}

function build() {
  console.error('Extract kernel image: linuxkit/kernel');
  if (FAKE === 'fails') fail('failed to pull nginx: 429 Too Many Requests');
  if (FAKE === 'full') fail('write root.tar: no space left on device');
  if (FAKE === 'hangs') return void spawnSync('sleep', ['600']);
  const output = value('--format') === 'aws' ? `${value('--dir')}/${value('--name')}.raw` : value('--o');
  if (FAKE === 'empty') return writeFileSync(output, '');
  if (FAKE === 'nothing') return;
  if (value('--format') === 'aws')
    return writeFileSync(
      output,
      Buffer.concat([Buffer.alloc(510), Buffer.from([0x55, FAKE === 'unbootable' ? 0 : 0xaa]), Buffer.alloc(512)]),
    );
  copyFileSync(FAKE_ROOT, output);
}

function fail(text) {
  console.error(`FATA[0000] ${text}`);
  process.exit(1);
}
