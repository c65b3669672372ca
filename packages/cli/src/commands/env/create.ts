// `i2kit env create`: creates or updates the stack of an environment.
import { failure, success } from '@i2kit/common';
import type { AccountContext } from '@i2kit/compiler';
import { compileEnvironment, type EnvironmentSettings, readEnvironmentSettings } from '../../config/environment.ts';
import { withExistingResources } from '../../config/existingResources.ts';
import { stackSettings } from '../../config/stacks.ts';
import type { Command, Context } from '../../context.ts';
import { type ExitCode, exit, type Reported } from '../../exit.ts';
import { reportDiagnostics } from '../../output/diagnostics.ts';
import type { OutputFile } from '../../output/writeFiles.ts';
import type { DesiredStack } from '../../ports/aws.ts';
import { confirmationProblems, waitFlagProblems } from '../shared/flagChecks.ts';
import { awsFlags, networkFlags, waitFlags } from '../shared/flagGroups.ts';
import { environmentStackName } from './synth.ts';

export const envCreate: Command = {
  usage: 'env create',
  summary: 'Create or update the network and DNS zone that the apps of an environment share',
  flags: [
    'env',
    'config',
    'region',
    'hosted-zone',
    ...networkFlags,
    'public-zone-id',
    'yes',
    ...waitFlags,
    'detach',
    'rollback',
    'allow-replace',
    'allow-rights',
    'allow-network',
    'role-arn',
    ...awsFlags,
  ],
  examples: [
    ['env create', 'The environment "default"'],
    ['env create --env staging --hosted-zone example.com --yes', 'Another environment, with public names'],
  ],
  usageProblems: (context) => [...waitFlagProblems(context), ...confirmationProblems(context)],
  run,
};

async function run(context: Context): Promise<ExitCode> {
  const settings = await readEnvironmentSettings(context);
  if (settings.problems.length > 0) {
    reportDiagnostics(context, await context.compiler(), settings.problems, settings.texts);
    return exit.input;
  }
  return withExistingResources(context, settings, true, async (found, files) => {
    const wanted = await compileEnvironmentStack(context, settings, found, files);
    return wanted.ok ? (await context.aws()).apply(context, 'env create', [wanted.value]) : wanted.problems[0];
  });
}

export async function compileEnvironmentStack(
  context: Context,
  settings: EnvironmentSettings,
  found: AccountContext | undefined,
  files: readonly OutputFile[],
): Promise<Reported<DesiredStack>> {
  const { env, config, region } = settings;
  const compiler = await context.compiler();
  const { template, diagnostics } = compileEnvironment(compiler, settings, found);
  reportDiagnostics(context, compiler, diagnostics, settings.texts);
  if (!template) return failure(exit.input);
  const publicZone = compiler.domainOf(config);
  return success({
    stackName: environmentStackName(env),
    owner: { env },
    region,
    template: JSON.stringify(template),
    tags: { ...config.tags, 'i2kit:env': env },
    ...stackSettings(config),
    assets: [],
    files,
    ...(publicZone !== undefined && { publicZone }),
  });
}
