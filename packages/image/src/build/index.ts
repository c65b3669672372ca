// From a linuxkit configuration to a disk.
export { type BuiltDisk, type BuildOptions, buildImage, findFinishedBuild } from './build.ts';
export type { BuildEvent, BuildStep } from './events.ts';
