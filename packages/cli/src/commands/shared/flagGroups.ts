// Groups of flags that commands share.
import type { FlagName } from '../../flags.ts';

/** Flags that select manifests. */
export const inputFlags: readonly FlagName[] = [
  'filename',
  'kustomize',
  'recursive',
  'namespace',
  'selector',
  'ignore-kind',
];

/** Flags of the connection to AWS. */
export const awsFlags: readonly FlagName[] = ['profile', 'endpoint-url'];

/** Flags of waiting for an operation. */
export const waitFlags: readonly FlagName[] = ['timeout', 'progress'];

/** Flags that select a stack if no operand does. */
export const stackNameFlags: readonly FlagName[] = ['app', 'env', 'config', 'region'];

/** Flags that name existing network resources. */
export const networkFlags: readonly FlagName[] = ['subnet', 'security-group'];

/** Flags of stack sets, besides `regions` and `accounts`. */
export const stackSetFlags: readonly FlagName[] = [
  'organizational-units',
  'failure-tolerance',
  'max-concurrent',
  'region-concurrency',
];

/** Flags of the compilation. */
export const compileFlags: readonly FlagName[] = [
  'app',
  'env',
  'config',
  'image',
  'require-images',
  'region',
  'hosted-zone',
  'instance-type',
  'key-pair',
  ...networkFlags,
  'prune-volumes',
  'lock',
  'frozen-lock',
];
