// From a disk to images in AWS.
export { type Caller, type CallerOptions, caller } from './call.ts';
export type { ImportEvent } from './events.ts';
export { findImage } from './images.ts';
export { type GcInput, type GcPlan, type ListedImage, type ListedSnapshot, planGc } from './gc.ts';
export { checkImport, type ImportOptions, importImage } from './importImage.ts';
export { type Inventory, readInventory, type RegionClients, deleteUnused } from './inventory.ts';
export { type Encryption, type ImageSpec, importTag, keyTag, imageName } from './importJob.ts';
export type { CallOptions, EbsPort, Ec2Port, InventoryPort, StorePort } from './ports.ts';
export { type EbsModule, ebsPort } from './sdk.ts';
export { type Ec2Module, ec2Port } from './sdk.ts';
export type { SdkOptions } from './sdk/options.ts';
export { type S3Module, storePort } from './sdk.ts';
