// Imports disks as images in AWS.
export { type Caller, type CallerOptions, caller } from './call.ts';
export type { ImportEvent } from './events.ts';
export { type GcInput, type GcPlan, type ListedImage, type ListedSnapshot, planGc } from './gc.ts';
export { findImage } from './images.ts';
export { checkImport, type ImportOptions, importImage } from './importImage.ts';
export { type Encryption, type ImageSpec, imageName, importTag, keyTag } from './importJob.ts';
export { deleteUnused, type Inventory, type RegionClients, readInventory } from './inventory.ts';
export type { CallOptions, EbsPort, Ec2Port, InventoryPort, StorePort } from './ports.ts';
export { type EbsModule, type Ec2Module, ebsPort, ec2Port, type S3Module, storePort } from './sdk.ts';
