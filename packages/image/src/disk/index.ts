// The disk maker's public surface.
export { type Disk, type DiskOptions, makeDisk } from './makeDisk.ts';
export type { Partition } from './gpt.ts';
export { contentGuid } from './gpt.ts';
export { type PeHeaders, readPeHeaders, type PeSection } from './pe.ts';
