// `i2kit env synth`: prints the template of an environment.

import { compileEnvironment, readEnvironmentSettings } from '../../config/environment.ts';
import type { Command, Context } from '../../context.ts';
import { exit } from '../../exit.ts';
import { hasErrors, reportDiagnostics } from '../../output/diagnostics.ts';
import { stackFormats, writeStacks } from '../../output/writeStacks.ts';
import { networkFlags } from '../shared/flagGroups.ts';

export const envSynth: Command = {
  usage: 'env synth',
  summary: 'Print the template of an environment',
  description:
    'Contains the VPC, subnets, outbound access, private DNS zone and bucket that the apps of an environment share.',
  flags: ['env', 'config', 'region', 'hosted-zone', ...networkFlags, 'output', 'dir'],
  outputFormats: stackFormats,
  examples: [
    ['env synth', 'The environment "default"'],
    ['env synth --env staging -d out', 'Write the template of another environment to a file'],
  ],
  run,
};

/** App stacks are called `<env>-<app>`. */
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
