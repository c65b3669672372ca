// From a linuxkit configuration to a disk.
export { type Build, type BuildOptions, buildImage, finishedBuild } from './build.ts';
export type { BuildEvent, BuildStep } from './events.ts';
