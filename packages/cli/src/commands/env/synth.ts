// `i2kit env synth`: the template of the foundation that the apps of an environment share.

import { compileEnvironment, readEnvironmentSettings } from '../../config/environment.ts';
import type { Command, Context } from '../../context.ts';
import { exit } from '../../exit.ts';
import { hasErrors, reportDiagnostics } from '../../output/diagnostics.ts';
import { stackFormats, writeStacks } from '../../output/writeStacks.ts';
import { networkFlags } from '../shared/flagGroups.ts';

export const envSynth: Command = {
  usage: 'env synth',
  summary: "Print the template of an environment's network and names",
  description:
    'The VPC, its subnets and way out, the private DNS zone and the bucket that the apps of an environment share.',
  flags: ['env', 'config', 'region', 'hosted-zone', ...networkFlags, 'output', 'dir'],
  outputFormats: stackFormats,
  examples: [
    ['env synth', 'The environment "default"'],
    ['env synth --env staging -d out', 'A file of the template of another one'],
  ],
  run,
};

/** Apps' stacks are called `<env>-<app>`. */
export const environmentStackName = (env: string): string => `i2kit-${env}`;

async function run(context: Context) {
  const settings = await readEnvironmentSettings(context);
  const compiler = await context.compiler();
  const { template, diagnostics } = compileEnvironment(compiler, settings);
  const delivered = template
    ? await writeStacks(context, [{ name: environmentStackName(settings.env), template, assets: [] }], [])
    : [];
  reportDiagnostics(context, compiler, [...diagnostics, ...delivered], settings.texts);
  return template && !hasErrors(delivered) ? exit.fine : exit.input;
}
