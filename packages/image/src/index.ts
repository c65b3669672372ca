// Machine images: from a plan's groups to linuxkit, disks and AMIs, and the lock entries that record them.

export { type Clock, type SdkOptions, systemClock } from '@i2kit/aws';
export { type AgentBinary, readAgentBinary } from './agentBinary.ts';
export { type Architecture, architectures } from './architecture.ts';
export * from './build/index.ts';
export * from './build/linuxkit/index.ts';
export * from './disk/index.ts';
export { ImageError, type ImageErrorCode, isImageError } from './errors.ts';
export * from './import/index.ts';
export * from './lock.ts';
export * as machinePaths from './machinePaths.ts';
export { type MakeImageOptions, makeImage } from './makeImage.ts';
export * from './registry/index.ts';
export { imageReferences, type RequiredImage, requiredImages } from './requiredImages.ts';
export * from './run/index.ts';
export { type SbomOptions, type SpdxDocument, type SpdxPackage, type SpdxRelationship, sbomOf } from './sbom.ts';
