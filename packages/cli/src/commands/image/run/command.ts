// `i2kit image run`: runs one workload's machine on this computer.
import { failure, success } from '@i2kit/common';
import type { Command, Context } from '../../../context.ts';
import { diagnosticAt } from '../../../diagnostic.ts';
import { exit, type Reported } from '../../../exit.ts';
import { reportUsageError } from '../../../help/usageError.ts';
import { readSources } from '../../../input/sources.ts';
import { hasErrors, reportDiagnostics } from '../../../output/diagnostics.ts';
import { inputFlags } from '../../shared/flagGroups.ts';
import {
  type CompiledImages,
  compileImageInput,
  imageBuildFlags,
  imageFlagProblems,
  imageScopeFlags,
} from '../input.ts';

export const imageRun: Command = {
  usage: 'image run -f FILE … [WORKLOAD]',
  summary: 'Run the machine of a workload on this computer, without an account',
  description:
    'Boots the image under QEMU with the user data of the launch template. This command answers the metadata and ' +
    'AWS calls of the machine on the loopback interface; the machine has no other network, except with ' +
    "--internet. The console and the containers' output go to standard output. Volumes are files in " +
    '.i2kit/volumes, and persist.',
  flags: [
    ...inputFlags,
    ...imageScopeFlags,
    ...imageBuildFlags,
    'publish',
    'secret-file',
    'disk',
    'memory',
    'accel',
    'internet',
  ],
  operands: { least: 0, most: 1 },
  examples: [
    ['image run -f manifests/ web', 'Declared ports are forwarded and printed'],
    ['image run -f manifests/ -p 8080:80 web', 'Forward port 8080 of this computer to port 80 of the machine'],
    ['image run -f manifests/ --secret-file dev-secrets.yaml web', 'With Secrets for this computer only'],
    ['image run -f manifests/ --disk disk.raw web', 'Boot an existing disk instead of building one'],
  ],
  usageProblems: imageFlagProblems,
  async run(context) {
    // Volumes need an availability zone, which has no effect here.
    const made = await compileImageInput(context, 'us-east-1');
    if (!made.ok) return made.problems[0];
    const { input, stack } = made.value;
    const { groups } = input;
    if (groups.length > 1)
      return reportUsageError(
        context.io,
        `Several workloads match: ${groups.map(({ key }) => key).join(', ')}. Name one.`,
        'image run',
      );
    const secrets = await readSecrets(context, made.value);
    if (!secrets.ok) return secrets.problems[0];
    return (await context.images()).run(context, { ...input, stack, secrets: secrets.value });
  },
};

/** Values by secret name, from the manifests and --secret-file; the latter wins. */
async function readSecrets(
  context: Context,
  { prepared }: CompiledImages,
): Promise<Reported<Readonly<Record<string, Readonly<Record<string, string>>>>>> {
  const { compiler, sources, options } = prepared;
  const file = context.values['secret-file'];
  const given =
    file === undefined ? { sources: [], problems: [] } : await readSources(context.io, { filename: [file] });
  if (!options) return failure(exit.input);
  const results = [sources, given.sources].map((each) => compiler.secretsOf(each, options));
  const diagnostics = [...given.problems, ...results.flatMap((result) => result.diagnostics)];
  const found = results.flatMap((result) => (result.ok ? result.secrets : []));
  if (file !== undefined && found.length === 0)
    diagnostics.push(diagnosticAt('I2K723', 'it holds no Secrets', { source: file }));
  reportDiagnostics(context, compiler, diagnostics, [...sources, ...given.sources]);
  return hasErrors(diagnostics)
    ? failure(exit.input)
    : success(Object.fromEntries(found.map((secret) => [secret.name, secret.values])));
}
