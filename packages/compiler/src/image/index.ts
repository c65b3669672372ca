// What an image is made of and what it is called; a pure part of the compiler that the image package shares.
export { type Base, baseOf, cmdline, components, componentsOf, debugComponents, stubComponent } from './components.ts';
export { type Digests, digestOf, pinned } from './digests.ts';
export { agentVersion, type ImageLock, type ImageSource, imageKey, referencesOf, unlocked } from './key.ts';
