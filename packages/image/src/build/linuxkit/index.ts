// From a machine group to its linuxkit configuration.
export { agentFileName, type LinuxkitConfigInput, type LinuxkitConfig, linuxkitConfig } from './config.ts';
export { type ContainerImage, containerImages, type ImageSource, requireDigest, pinnedReference } from './containerImages.ts';
export { linuxkitYaml } from './config.ts';
