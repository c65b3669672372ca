// From a machine group to its linuxkit configuration.
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
