// Turns linuxkit's archive into a squashfs, without the kernel, which boots from elsewhere; the same archive gives
// the same bytes.
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { checkSquashfs } from '../disk/rootPartition.ts';
import { runTool, type ToolOptions } from './runTool.ts';
import type { TarEntry } from './tar.ts';

const installHint =
  'Install squashfs-tools 4.5 or newer (Debian: apt install squashfs-tools; macOS: brew install squashfs).';

/** Owners and times of files stay as in the archive. */
export async function writeSquashfs(
  archive: string,
  entries: readonly TarEntry[],
  output: string,
  options: Omit<ToolOptions, 'input' | 'hint'>,
): Promise<void> {
  await rm(output, { force: true });
  const kept = entries.filter(({ name }) => name !== 'boot' && !name.startsWith('boot/'));
  // The root folder is not in the archive: without this its time would be the current one. A file of that time, or
  // older, keeps its own.
  const newest = kept.reduce((latest, { mtime }) => Math.max(latest, mtime), 0);
  const env = { ...options.env, SOURCE_DATE_EPOCH: String(newest) };
  const root = ['-root-mode', '0755', '-root-uid', '0', '-root-gid', '0'];
  const args = ['-', output, '-tar', '-comp', 'zstd', '-b', '256K', '-noappend', '-quiet', '-no-progress', ...root];
  await runTool('mksquashfs', args, {
    ...options,
    env,
    hint: installHint,
    input: Readable.from(readEntries(archive, kept)),
  });
  await checkSquashfs(output);
}

/** The archive reduced to these entries; neighbours are read as one range. */
async function* readEntries(archive: string, entries: readonly TarEntry[]): AsyncGenerator<Buffer> {
  for (const { start, end } of contiguousRanges(entries)) {
    for await (const chunk of createReadStream(archive, { start, end: end - 1, highWaterMark: 2 ** 20 }))
      yield chunk as Buffer;
  }
  yield Buffer.alloc(1024);
}

function contiguousRanges(entries: readonly TarEntry[]): readonly { readonly start: number; readonly end: number }[] {
  const out: { start: number; end: number }[] = [];
  for (const { start, end } of entries) {
    const last = out.at(-1);
    if (last && last.end === start) last.end = end;
    else out.push({ start, end });
  }
  return out;
}
