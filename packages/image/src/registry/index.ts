// Reads digests and configurations of images from registries.
export { type RegistryClient, type RegistryOptions, registryClient } from './client.ts';
export { type CredentialSource, type Credentials, dockerCredentials } from './credentials.ts';
export type { ImageConfig } from './manifest.ts';
export { parseReference, type Reference } from './reference.ts';
