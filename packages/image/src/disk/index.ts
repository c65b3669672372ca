// The disk maker's public API.

export type { Partition } from './gpt.ts';
export { contentGuid } from './gpt.ts';
export { type Disk, type DiskOptions, makeDisk } from './makeDisk.ts';
export { type PeHeaders, type PeSection, readPeHeaders } from './pe.ts';
