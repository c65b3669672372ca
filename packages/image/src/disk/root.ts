// The root partition: a squashfs, as it is, and how a kernel is told of it.

import { alignUp, type Content, file, sizeOf } from './content.ts';
import { alignment } from './gpt.ts';
import { checkSquashfs } from './squashfs.ts';

export interface Root {
  readonly content: Content;
  /** Bytes of its partition. */
  readonly size: number;
}

/** Undefined path: no root partition, the initrd is all there is. */
export async function rootPartition(path: string | undefined): Promise<Root | undefined> {
  if (path === undefined) return undefined;
  await checkSquashfs(path);
  const content = await file(path);
  return { content, size: alignUp(sizeOf(content), alignment) };
}

/** By PARTUUID: the names of NVMe devices depend on which of them answered first. A `root=` of the caller's stays. */
export function cmdlineWithRoot(cmdline: string, guid: string): string {
  if (/(^|\s)root=/.test(cmdline)) return cmdline;
  return `${cmdline} root=PARTUUID=${guid} rootfstype=squashfs ro rootwait`.trim();
}
