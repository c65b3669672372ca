// `i2kit env synth`: the template of the foundation that the apps of an environment share.
import type { Command, Context } from '../context.ts';
import { exit } from '../exit.ts';
import { deliver, outputs } from '../output/deliver.ts';
import { failed, report } from '../output/report.ts';
import { defaultEnv } from '../prepare.ts';
import { readConfig } from '../settings/config.ts';
import { overrides } from '../settings/overrides.ts';

export const envSynth: Command = {
  usage: 'env synth',
  summary: "Print the template of an environment's network and names",
  description: 'The VPC, its subnets and way out, the private DNS zone and the bucket that the apps of an environment share.',
  flags: ['env', 'config', 'region', 'hosted-zone', 'output', 'dir'],
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
  const { io, values } = context;
  const file = await readConfig(io, values.config);
  const over = overrides(io.env, values);
  const compiler = await context.compiler();
  const texts = file.source ? [file.source] : [];
  const problems = [...file.problems, ...over.problems];
  const config = { ...file.config, ...over.config };
  const env = config.env ?? defaultEnv;
  const result = problems.length > 0 ? undefined : compiler.environmentTemplate({ env, config });
  const diagnostics = [...problems, ...(result?.diagnostics ?? [])];
  const delivered =
    result?.ok && !failed(diagnostics)
      ? await deliver(context, [{ name: environmentStack(env), template: result.template, assets: [] }], [])
      : [];
  report(context, compiler, [...diagnostics, ...delivered], texts);
  return failed([...diagnostics, ...delivered]) || !result?.ok ? exit.input : exit.fine;
}
