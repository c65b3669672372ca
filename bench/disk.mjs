// Measures the disk maker with a root of 300 MB in a process of its own: its time and its memory.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { median } from './measure.mjs';

const node = process.execPath;

/** The section of the benchmark; prepares its input. */
export async function disk({ root, cache }) {
  const folder = join(cache, 'disk');
  mkdirSync(folder, { recursive: true });
  const bundleOf = (entry, name) =>
    build({
      entryPoints: [join(root, entry)],
      outfile: join(folder, name),
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
  await bundleOf('packages/image/src/disk/index.ts', 'disk.mjs');
  await bundleOf('packages/image/test/support/largeDisk.ts', 'input.mjs');
  const { writeLargeDiskInput } = await import(pathToFileURL(join(folder, 'input.mjs')).href);
  const options = writeLargeDiskInput(folder);
  const maker = [
    node,
    join(root, 'packages/image/test/support/child.mjs'),
    join(folder, 'disk.mjs'),
    JSON.stringify(options),
  ];
  const figures = ({ printed }) => {
    const runs = printed.map((text) => JSON.parse(text));
    const [seconds, memory] = [median(runs.map((run) => run.seconds)), median(runs.map((run) => run.mebibytes))];
    const size = Math.round(statSync(options.output).size / 1e6);
    return `The disk of ${size} MB took ${seconds.toFixed(2)} s, and ${Math.round(memory)} MiB at most (${Math.round(median(runs.map((run) => run.idle)))} before it began).`;
  };
  return {
    title: 'A disk of a root of 300 MB, a kernel and an initrd',
    text: 'The budget is 3 s of wall time on an idle machine, and 286 MiB (a test checks the memory).',
    cases: [
      { name: '`node -e 0`', command: [node, '-e', '0'] },
      { name: 'the disk maker', command: maker, told: figures },
    ],
  };
}
