// The sections of a command's help: every flag that is not global stands in exactly one.
import type { FlagName } from '../flags.ts';

interface FlagSection {
  readonly title: string;
  /** In the order of help. */
  readonly flags: readonly FlagName[];
}

export const flagSections: readonly FlagSection[] = [
  {
    title: 'What to compile',
    flags: ['filename', 'kustomize', 'recursive', 'namespace', 'selector', 'ignore-kind', 'config', 'hosted-zone'],
  },
  {
    title: 'Machines and images',
    flags: [
      'image',
      'require-images',
      'instance-type',
      'key-pair',
      'subnet',
      'security-group',
      'build',
      'update',
      'boot',
      'debug',
      'mirror',
      'images-dir',
      'import',
      'encrypt',
      'disk',
      'memory',
      'accel',
      'publish',
      'internet',
      'secret-file',
    ],
  },
  { title: 'Lock file', flags: ['lock', 'write-lock', 'frozen-lock'] },
  {
    title: 'Where',
    flags: [
      'app',
      'env',
      'region',
      'regions',
      'account',
      'accounts',
      'organizational-units',
      'stack-set',
      'failure-tolerance',
      'max-concurrent',
      'region-concurrency',
      'public-zone-id',
      'kms-key',
      'role-arn',
      'profile',
      'endpoint-url',
    ],
  },
  {
    title: 'What to do',
    flags: [
      'for',
      'to',
      'against',
      'review',
      'save-review',
      'dry-run',
      'with-env',
      'force-redeploy',
      'prune',
      'prune-volumes',
      'rollback',
      'cancel',
      'retain',
      'skip',
      'rebuild-lock',
      'keep',
      'older-than',
      'recovery-window',
      'force',
    ],
  },
  { title: 'Guards', flags: ['yes', 'allow-replace', 'allow-rights', 'allow-network', 'allow-removal', 'take-name'] },
  { title: 'Waiting', flags: ['timeout', 'detach', 'cancel-on-interrupt', 'follow', 'watch'] },
  { title: 'What to show', flags: ['since', 'tail', 'limit', 'container', 'machine', 'console', 'timestamps'] },
  { title: 'Output', flags: ['output', 'dir', 'progress', 'exit-zero'] },
];
