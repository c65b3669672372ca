// `i2kit image run`: runs one workload's machine on this computer.
import type { Command, Context } from '../../../context.ts';
import { diagnosticAt } from '../../../diagnostic.ts';
import { exit } from '../../../exit.ts';
import { reportUsageError } from '../../../help/usageError.ts';
import { readSources } from '../../../input/sources.ts';
import { hasErrors, reportDiagnostics } from '../../../output/diagnostics.ts';
import { inputFlags } from '../../shared/flagGroups.ts';
import { type CompiledImages, compileImageInput, imageBuildFlags, imageFlagsError, imageScopeFlags } from '../input.ts';

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
  async run(context) {
    const wrong = imageFlagsError(context);
    if (wrong !== undefined) return reportUsageError(context.io, wrong, 'image run');
    // Volumes need an availability zone, which has no effect here.
    const made = await compileImageInput(context, 'us-east-1');
    if (made === undefined) return exit.input;
    const { groups } = made.input;
    if (groups.length > 1)
      return reportUsageError(
        context.io,
        `Several workloads match: ${groups.map(({ key }) => key).join(', ')}. Name one.`,
        'image run',
      );
    const secrets = await readSecrets(context, made);
    if (secrets === undefined) return exit.input;
    return (await context.images()).run(context, { ...made.input, stack: made.stack, secrets });
  },
};

/** Values by secret name, from the manifests and --secret-file; the latter wins. */
async function readSecrets(
  context: Context,
  { prepared }: CompiledImages,
): Promise<Readonly<Record<string, Readonly<Record<string, string>>>> | undefined> {
  const { compiler, sources, options } = prepared;
  const file = context.values['secret-file'];
  const given =
    file === undefined ? { sources: [], problems: [] } : await readSources(context.io, { filename: [file] });
  if (!options) return undefined;
  const results = [sources, given.sources].map((each) => compiler.secretsOf(each, options));
  const diagnostics = [...given.problems, ...results.flatMap((result) => result.diagnostics)];
  const found = results.flatMap((result) => (result.ok ? result.secrets : []));
  if (file !== undefined && found.length === 0)
    diagnostics.push(diagnosticAt('I2K723', 'it holds no Secrets', { source: file }));
  reportDiagnostics(context, compiler, diagnostics, [...sources, ...given.sources]);
  return hasErrors(diagnostics) ? undefined : Object.fromEntries(found.map((secret) => [secret.name, secret.values]));
}
