// From a machine group to its linuxkit configuration.
export { agentSource, type ConfigInput, type LinuxkitConfig, linuxkitConfig } from './config.ts';
export { type ContainerImage, containerImages, type ImageSource, lockedDigest, pinned } from './containers.ts';
export { linuxkitYaml } from './yaml.ts';
