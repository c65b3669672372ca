// `i2kit image build`: makes the disks that the manifests' machines boot.
import type { Command } from '../../../context.ts';
import { exit } from '../../../exit.ts';
import { reportUsageError } from '../../../help/usageError.ts';
import { inputFlags } from '../../shared/flagGroups.ts';
import { compileImageInput, imageBuildFlags, imageFlagsError, imageScopeFlags } from '../input.ts';

export const imageBuild: Command = {
  usage: 'image build -f FILE … [WORKLOAD]',
  summary: "Build the images of the manifests' machines on this computer",
  description:
    'Looks up what each tag stands for, writes the digests into the lock file, lets linuxkit put the root file systems together, ' +
    'and makes a disk of each.\nEqual images are built once. Needs linuxkit and mksquashfs on PATH; registries are asked with the credentials of Docker.\n' +
    'Paths of the disks go to standard output.',
  flags: [...inputFlags, ...imageScopeFlags, ...imageBuildFlags],
  operands: { least: 0, most: 1 },
  examples: [
    ['image build -f manifests/', 'All images that are needed'],
    ['image build -f manifests/ web', 'That of one workload'],
    ['image build -f manifests/ --update', 'With what the tags stand for now'],
    ['image build -f manifests/ --mirror docker.io=https://mirror.example.com', 'Through a mirror'],
  ],
  async run(context) {
    const wrong = imageFlagsError(context);
    if (wrong !== undefined) return reportUsageError(context.io, wrong, 'image build');
    const made = await compileImageInput(context);
    return made ? (await context.images()).build(context, made.input) : exit.input;
  },
};
