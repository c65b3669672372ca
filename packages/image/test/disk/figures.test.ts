// What the disk maker may cost: a 300 MB root in under 3 s, in under 300 MB of memory, in a process of its own.

import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { scratch } from '../support/folder.ts';
import { judge } from '../support/judges.ts';
import { machine, smallPe } from '../support/pe.ts';

const at = scratch();

/** Random bytes behind a superblock that promises them: what the disk maker looks at of a squashfs. */
function bigRoot(path: string, size: number): void {
  const block = Buffer.alloc(96);
  block.write('hsqs', 0, 'latin1');
  block.writeUInt16LE(4, 28);
  block.writeBigUInt64LE(BigInt(size), 40);
  const file = openSync(path, 'w');
  const noise = randomBytes(2 ** 20);
  for (let at = 0; at < size; at += noise.length) writeSync(file, noise, 0, Math.min(noise.length, size - at), at);
  writeSync(file, block, 0, block.length, 0);
  closeSync(file);
}

test('300 MB are streamed', async () => {
  const size = 300_000_000;
  bigRoot(at('root'), size);
  writeFileSync(at('stub'), smallPe({ machine: machine.amd64 }));
  writeFileSync(at('kernel'), Buffer.concat([smallPe({ machine: machine.amd64 }), randomBytes(14_000_000)]));
  writeFileSync(at('initrd'), randomBytes(10_000_000));
  await build({
    entryPoints: [`${import.meta.dirname}/../../src/disk/index.ts`],
    outfile: at('disk.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  const options = {
    architecture: 'amd64',
    stub: at('stub'),
    kernel: at('kernel'),
    initrd: at('initrd'),
    root: at('root'),
    cmdline: '',
    output: at('out'),
  };
  const { code, output } = judge(process.execPath, `${import.meta.dirname}/../support/child.mjs`, at('disk.mjs'), JSON.stringify(options));
  expect({ code, output }).toMatchObject({ code: 0 });
  const figures = JSON.parse(output) as { seconds: number; mebibytes: number; idle: number; size: number };
  process.stderr.write(
    `disk of ${Math.round(figures.size / 1e6)} MB: ${figures.seconds.toFixed(2)} s, ${Math.round(figures.mebibytes)} MiB at most (${Math.round(figures.idle)} MiB before)\n`,
  );
  expect(figures.seconds).toBeLessThan(3);
  expect(figures.mebibytes).toBeLessThan(286);
});
