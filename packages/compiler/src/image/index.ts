// Contents and key of a machine image; a pure part of the compiler that the image package shares.
export {
  cmdline,
  components,
  componentsOf,
  debugComponents,
  efiStubComponent,
  type ImageBase,
  imageBaseOf,
} from './components.ts';
export {
  agentVersionKey,
  type Digests,
  digestOf,
  type ImageLock,
  type ImageSource,
  imageKey,
  imageReferencesOf,
  missingLockEntries,
  pinnedReference,
} from './imageKey.ts';
