// Flags that commands have in common.
import type { FlagName } from '../flags.ts';

/** What is read. */
export const input: readonly FlagName[] = ['filename', 'recursive', 'namespace', 'selector', 'ignore-kind'];

/** What is decided from outside of the manifests. */
export const choices: readonly FlagName[] = [
  'app',
  'env',
  'config',
  'image',
  'require-images',
  'region',
  'hosted-zone',
  'instance-type',
  'key-pair',
  'lock',
  'frozen-lock',
];
