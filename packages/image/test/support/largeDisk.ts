// The input of a large disk: a root of 300 MB, and a kernel and an initrd of the usual sizes. Tests and bench/disk.mjs use it.
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { peMachine, smallPe } from './pe.ts';

/** Writes the files into a folder, and gives the options of `makeDisk` for them. */
export function writeLargeDiskInput(folder: string) {
  const at = (name: string) => join(folder, name);
  writeRoot(at('root'), 300_000_000);
  writeFileSync(at('stub'), smallPe({ machine: peMachine.amd64 }));
  writeFileSync(at('kernel'), Buffer.concat([smallPe({ machine: peMachine.amd64 }), randomBytes(14_000_000)]));
  writeFileSync(at('initrd'), randomBytes(10_000_000));
  return {
    architecture: 'amd64',
    stub: at('stub'),
    kernel: at('kernel'),
    initrd: at('initrd'),
    root: at('root'),
    cmdline: '',
    output: at('out'),
  };
}

/** Random bytes behind a superblock that promises them: the parts of a squashfs that the disk maker reads. */
function writeRoot(path: string, size: number): void {
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
