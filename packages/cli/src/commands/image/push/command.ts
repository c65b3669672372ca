// `i2kit image push`: imports the images that the manifests need into the account.
import type { Command } from '../../../context.ts';
import { awsFlags, inputFlags } from '../../shared/flagGroups.ts';
import { compileImageInput, imageBuildFlags, imageFlagProblems, imageImportFlags, imageScopeFlags } from '../input.ts';

export const imagePush: Command = {
  usage: 'image push -f FILE … [WORKLOAD]',
  summary: 'Build missing images, and import them into the account',
  description:
    'Images that already exist in the account are used. Others are built, written to an EBS snapshot (or, with ' +
    "--import s3, imported through the environment's bucket), and registered. Their ids go to the lock file, " +
    'which synth and apply read. An interrupted run resumes.',
  flags: [...inputFlags, ...imageScopeFlags, ...imageBuildFlags, ...imageImportFlags, 'output', ...awsFlags],
  outputFormats: ['json'],
  operands: { least: 0, most: 1 },
  examples: [
    ['image push -f manifests/', 'Into the region of i2kit.yaml or AWS_REGION'],
    ['image push -f manifests/ --regions us-east-1,ap-south-1', 'With copies in two more regions'],
    [
      'image push -f manifests/ --accounts 111122223333 --kms-key arn:aws:kms:eu-west-1:444455556666:key/abc',
      'Shared with another account',
    ],
    ['image push -f manifests/ --import s3', 'Without the EBS direct APIs'],
  ],
  usageProblems: imageFlagProblems,
  async run(context) {
    const made = await compileImageInput(context);
    return made.ok ? (await context.images()).push(context, made.value.input) : made.problems[0];
  },
};
