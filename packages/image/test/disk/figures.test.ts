// The memory that the disk maker may take: under 286 MiB for a root of 300 MB, in a process of its own. bench/disk.mjs measures its time.

import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { writeLargeDiskInput } from '../support/largeDisk.ts';
import { useScratchFolder } from '../support/scratchFolder.ts';
import { runTool } from '../support/tools.ts';

const at = useScratchFolder();

test('300 MB are streamed', async () => {
  const options = writeLargeDiskInput(dirname(at('root')));
  await build({
    entryPoints: [`${import.meta.dirname}/../../src/disk/index.ts`],
    outfile: at('disk.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  const { code, output } = runTool(
    process.execPath,
    `${import.meta.dirname}/../support/child.mjs`,
    at('disk.mjs'),
    JSON.stringify(options),
  );
  expect({ code, output }).toMatchObject({ code: 0 });
  const { mebibytes, size } = JSON.parse(output) as { mebibytes: number; size: number };
  expect(size).toBeGreaterThan(300_000_000);
  expect(mebibytes).toBeLessThan(286);
});
