// `i2kit env create`: makes or changes the stack of an environment.
import { unaskable, wrongWaiting } from '../asking.ts';
import type { Command, Context } from '../context.ts';
import { exit } from '../exit.ts';
import { failed, report } from '../output/report.ts';
import { defaultEnv } from '../prepare.ts';
import { readConfig } from '../settings/config.ts';
import { overrides } from '../settings/overrides.ts';
import { wrongUsage } from '../usage.ts';
import { environmentStack } from './env-synth.ts';
import { account, waiting } from './shared.ts';

export const envCreate: Command = {
  usage: 'env create',
  summary: 'Make the network and names that the apps of an environment share, or bring them up to date',
  flags: [
    'env',
    'config',
    'region',
    'hosted-zone',
    'public-zone-id',
    'yes',
    ...waiting,
    'detach',
    'rollback',
    'allow-replace',
    'role-arn',
    ...account,
  ],
  examples: [
    ['env create', 'The environment "default"'],
    ['env create --env staging --hosted-zone example.com --yes', 'Another one, with public names'],
  ],
  run,
};

async function run(context: Context) {
  const { io, values } = context;
  const wrong = wrongWaiting(context) ?? unaskable(context);
  if (wrong !== undefined) return wrongUsage(io, wrong, 'env create');
  const file = await readConfig(io, values.config);
  const over = overrides(io.env, values);
  const compiler = await context.compiler();
  const problems = [...file.problems, ...over.problems];
  const config = { ...file.config, ...over.config };
  const env = config.env ?? defaultEnv;
  const result = problems.length > 0 ? undefined : compiler.environmentTemplate({ env, config });
  const diagnostics = [...problems, ...(result?.diagnostics ?? [])];
  report(context, compiler, diagnostics, file.source ? [file.source] : []);
  if (!result?.ok || failed(diagnostics)) return exit.input;
  return (await context.aws()).apply(context, {
    stackName: environmentStack(env),
    env,
    region: config.region ?? (io.env['AWS_REGION'] || io.env['AWS_DEFAULT_REGION'] || undefined),
    template: JSON.stringify(result.template),
    tags: { 'i2kit:env': env },
    assets: [],
    files: [],
    ...(config.hostedZone !== undefined && { publicZone: config.hostedZone }),
  });
}
