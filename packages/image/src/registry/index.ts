// What registries say of images.
export { type Registry, type RegistryOptions, registry } from './client.ts';
export { type CredentialSource, type Credentials, dockerCredentials } from './credentials.ts';
export type { ImageConfig } from './image-config.ts';
export { parseReference, type Reference } from './reference.ts';
