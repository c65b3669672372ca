// Builds a disk from a linuxkit configuration.
export { type BuildOptions, buildImage } from './build.ts';
export { type BuildFolders, type BuiltDisk, findFinishedBuild } from './builtDisk.ts';
export type { BuildEvent, BuildStep } from './events.ts';
