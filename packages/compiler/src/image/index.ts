// What an image is made of and what it is called; a pure part of the compiler that the image package shares.
export { type ImageBase, imageBaseOf, cmdline, components, componentsOf, debugComponents, efiStubComponent } from './components.ts';
export { type Digests, digestOf, pinnedReference } from './imageKey.ts';
export { agentVersionKey, type ImageLock, type ImageSource, imageKey, imageReferencesOf, missingLockEntries } from './imageKey.ts';
