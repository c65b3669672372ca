// From a machine group to its image's name and linuxkit configuration.
export { type Base, cmdline, componentsOf, stubComponent } from './base.ts';
export { agentSource, type ConfigInput, type LinuxkitConfig, linuxkitConfig } from './config.ts';
export { type ContainerImage, containerImages, type ImageSource, lockedDigest, pinned } from './containers.ts';
export { imageKey, referencesOf } from './key.ts';
export { linuxkitYaml } from './yaml.ts';
