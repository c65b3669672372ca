// Images of machines: from a plan's groups to linuxkit, to disks, to AMIs, and the lock file that remembers them.

export { type AgentFile, agentIn } from './agent.ts';
export { type Architecture, architectures } from './architecture.ts';
export * from './build/index.ts';
export { type Clock, systemClock } from './clock.ts';
export * from './disk/index.ts';
export { type FaultCode, ImageError, isImageError } from './errors.ts';
export * from './import/index.ts';
export * as layout from './layout.ts';
export * from './linuxkit/index.ts';
export * from './lock.ts';
export { type MakeOptions, makeImage } from './make.ts';
export * from './registry/index.ts';
export * from './run/index.ts';
export { allReferences, type WantedImage, wantedImages } from './wanted.ts';
