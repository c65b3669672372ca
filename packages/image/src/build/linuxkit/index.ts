// Generates the linuxkit configuration of a machine group.
export {
  agentFileName,
  type LinuxkitConfig,
  type LinuxkitConfigInput,
  linuxkitConfig,
  linuxkitYaml,
} from './config.ts';
export {
  type ContainerImage,
  containerImages,
  type ImageSource,
  pinnedReference,
  requireDigest,
} from './containerImages.ts';
