// From a linuxkit configuration to a disk.
export { type BuildOptions, type BuiltDisk, buildImage, findFinishedBuild } from './build.ts';
export type { BuildEvent, BuildStep } from './events.ts';
