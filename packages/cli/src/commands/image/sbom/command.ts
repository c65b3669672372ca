// `i2kit image sbom`: prints the software bill of materials of the manifests' machine images.
import type { Command } from '../../../context.ts';
import { inputFlags } from '../../shared/flagGroups.ts';
import { compileImageInput, imageFlagProblems, imageScopeFlags } from '../input.ts';

export const imageSbom: Command = {
  usage: 'image sbom -f FILE … [WORKLOAD]',
  summary: 'Print the software bill of materials of the machine images (SPDX)',
  description:
    'Lists each machine image with the digests of its container images, of its components and of the agent, as SPDX ' +
    '2.3 in JSON. Reads the lock file only: it needs no network and no linuxkit. SOURCE_DATE_EPOCH sets the date.',
  flags: [...inputFlags, ...imageScopeFlags, 'boot', 'debug'],
  operands: { least: 0, most: 1 },
  examples: [
    ['image sbom -f manifests/ > sbom.spdx.json', 'All machine images of the manifests'],
    ['image sbom -f manifests/ web', 'The machine image of one workload'],
  ],
  usageProblems: imageFlagProblems,
  async run(context) {
    const made = await compileImageInput(context);
    return made.ok ? (await context.images()).sbom(context, made.value.input) : made.problems[0];
  },
};
