// From a linuxkit configuration to a disk.
export { type Build, type BuildOptions, buildImage } from './build.ts';
export type { BuildEvent, BuildStep } from './events.ts';
