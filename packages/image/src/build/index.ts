// Builds a disk from a linuxkit configuration.
export { type BuildOptions, type BuiltDisk, buildImage, findFinishedBuild } from './build.ts';
export type { BuildEvent, BuildStep } from './events.ts';
