// `i2kit image build`: builds the disks that the manifests' machines boot.
import type { Command } from '../../../context.ts';
import { inputFlags } from '../../shared/flagGroups.ts';
import { compileImageInput, imageBuildFlags, imageFlagProblems, imageScopeFlags } from '../input.ts';

export const imageBuild: Command = {
  usage: 'image build -f FILE … [WORKLOAD]',
  summary: 'Build the machine images of the manifests on this computer',
  description:
    'Resolves each tag, writes the digests to the lock file, builds the root file systems with linuxkit, and ' +
    "makes a disk of each. Equal images are built once. Needs linuxkit and mksquashfs on PATH; uses Docker's " +
    'registry credentials. Paths of the disks go to standard output.',
  flags: [...inputFlags, ...imageScopeFlags, ...imageBuildFlags],
  operands: { least: 0, most: 1 },
  examples: [
    ['image build -f manifests/', 'Build all required images'],
    ['image build -f manifests/ web', 'Build the image of one workload'],
    ['image build -f manifests/ --update', 'Resolve the tags again'],
    ['image build -f manifests/ --mirror docker.io=https://mirror.example.com', 'Through a registry mirror'],
  ],
  usageProblems: imageFlagProblems,
  async run(context) {
    const made = await compileImageInput(context);
    return made.ok ? (await context.images()).build(context, made.value.input) : made.problems[0];
  },
};
