// `i2kit env create`: makes or changes the stack of an environment.
import type { LookedUp } from '@i2kit/compiler';
import { unaskable, wrongWaiting } from '../asking.ts';
import type { Wanted } from '../aws-ports.ts';
import type { Command, Context } from '../context.ts';
import { withExisting } from '../existing.ts';
import { type Exit, exit } from '../exit.ts';
import { report } from '../output/report.ts';
import type { Output } from '../output/write.ts';
import { type EnvironmentSettings, environmentOf, environmentSettings } from '../settings/environment.ts';
import { stackSettings } from '../settings/stack.ts';
import { wrongUsage } from '../usage.ts';
import { environmentStack } from './env-synth.ts';
import { account, network, waiting } from './shared.ts';

export const envCreate: Command = {
  usage: 'env create',
  summary: 'Make the network and names that the apps of an environment share, or bring them up to date',
  flags: [
    'env',
    'config',
    'region',
    'hosted-zone',
    ...network,
    'public-zone-id',
    'yes',
    ...waiting,
    'detach',
    'rollback',
    'allow-replace',
    'allow-rights',
    'allow-network',
    'role-arn',
    ...account,
  ],
  examples: [
    ['env create', 'The environment "default"'],
    ['env create --env staging --hosted-zone example.com --yes', 'Another one, with public names'],
  ],
  run,
};

async function run(context: Context): Promise<Exit> {
  const wrong = wrongWaiting(context) ?? unaskable(context);
  if (wrong !== undefined) return wrongUsage(context.io, wrong, 'env create');
  const settings = await environmentSettings(context);
  if (settings.problems.length > 0) {
    report(context, await context.compiler(), settings.problems, settings.texts);
    return exit.input;
  }
  return withExisting(context, settings, true, async (found, files) => {
    const wanted = await wantedEnvironment(context, settings, found, files);
    return wanted ? (await context.aws()).apply(context, [wanted]) : exit.input;
  });
}

/** Undefined where something is wrong with it, which has then been said. */
export async function wantedEnvironment(
  context: Context,
  settings: EnvironmentSettings,
  found: LookedUp | undefined,
  files: readonly Output[],
): Promise<Wanted | undefined> {
  const { env, config, region } = settings;
  const compiler = await context.compiler();
  const { template, diagnostics } = environmentOf(compiler, settings, found);
  report(context, compiler, diagnostics, settings.texts);
  if (!template) return undefined;
  const publicZone = compiler.domainOf(config);
  return {
    stackName: environmentStack(env),
    owner: { env },
    region,
    template: JSON.stringify(template),
    tags: { ...config.tags, 'i2kit:env': env },
    ...stackSettings(config),
    assets: [],
    files,
    ...(publicZone !== undefined && { publicZone }),
  };
}
