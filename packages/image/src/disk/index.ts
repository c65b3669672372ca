// The disk maker's public surface.
export { type Disk, type DiskOptions, makeDisk } from './disk.ts';
export type { Partition } from './gpt.ts';
export { guidOf } from './guid.ts';
export { type Pe, readPe, type Section } from './pe.ts';
