// Flags that commands have in common.
import type { FlagName } from '../../flags.ts';

/** What is read. */
export const inputFlags: readonly FlagName[] = [
  'filename',
  'kustomize',
  'recursive',
  'namespace',
  'selector',
  'ignore-kind',
];

/** How AWS is reached. */
export const awsFlags: readonly FlagName[] = ['profile', 'endpoint-url'];

/** How an operation is waited for. */
export const waitFlags: readonly FlagName[] = ['timeout', 'progress'];

/** Which stack is meant, where no word names it. */
export const stackNameFlags: readonly FlagName[] = ['app', 'env', 'config', 'region'];

/** What is there already. */
export const networkFlags: readonly FlagName[] = ['subnet', 'security-group'];

/** A stack in each of several accounts and regions, beside `regions` and `accounts`. */
export const stackSetFlags: readonly FlagName[] = [
  'organizational-units',
  'failure-tolerance',
  'max-concurrent',
  'region-concurrency',
];

/** What is decided from outside of the manifests. */
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
