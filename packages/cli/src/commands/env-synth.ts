// `i2kit env synth`: the template of the foundation that the apps of an environment share.
import type { Command, Context } from '../context.ts';
import { exit } from '../exit.ts';
import { deliver, outputs } from '../output/deliver.ts';
import { failed, report } from '../output/report.ts';
import { environmentOf, environmentSettings } from '../settings/environment.ts';
import { network } from './shared.ts';

export const envSynth: Command = {
  usage: 'env synth',
  summary: "Print the template of an environment's network and names",
  description: 'The VPC, its subnets and way out, the private DNS zone and the bucket that the apps of an environment share.',
  flags: ['env', 'config', 'region', 'hosted-zone', ...network, 'output', 'dir'],
  outputs,
  examples: [
    ['env synth', 'The environment "default"'],
    ['env synth --env staging -d out', 'A file of the template of another one'],
  ],
  run,
};

/** Apps' stacks are called `<env>-<app>`. */
export const environmentStack = (env: string): string => `i2kit-${env}`;

async function run(context: Context) {
  const settings = await environmentSettings(context);
  const compiler = await context.compiler();
  const { template, diagnostics } = environmentOf(compiler, settings);
  const delivered = template ? await deliver(context, [{ name: environmentStack(settings.env), template, assets: [] }], []) : [];
  report(context, compiler, [...diagnostics, ...delivered], settings.texts);
  return template && !failed(delivered) ? exit.fine : exit.input;
}
