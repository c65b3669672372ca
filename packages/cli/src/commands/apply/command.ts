// `i2kit apply`: compiles, shows the changes, asks for confirmation, deploys.

import type { Problem } from '@i2kit/common';
import { type CompileInput, compileWorkloads, readCompileInput, regionOf } from '../../compileInput.ts';
import { readEnvironmentSettings } from '../../config/environment.ts';
import { withExistingResources } from '../../config/existingResources.ts';
import { frozenLockDiagnostics, lockOutput, sameLock } from '../../config/lockFile.ts';
import {
  type DesiredStackSet,
  stackSetDiagnostics,
  stackSetFlagProblems,
  stackSetOf,
  stackSettings,
} from '../../config/stacks.ts';
import type { Command, Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { reportUsageError } from '../../help/usageError.ts';
import { hasManifestFlags } from '../../input/sources.ts';
import { hasErrors, reportDiagnostics } from '../../output/diagnostics.ts';
import type { OutputFile } from '../../output/writeFiles.ts';
import type { DesiredStack, Requirements } from '../../ports/aws.ts';
import { cancel } from '../cancel/command.ts';
import { compileEnvironmentStack } from '../env/create.ts';
import { environmentStackName } from '../env/synth.ts';
import { imageBuildFlags, imageImportFlags } from '../image/input.ts';
import { confirmationProblems, problemIf, waitFlagProblems } from '../shared/flagChecks.ts';
import { awsFlags, compileFlags, inputFlags, stackSetFlags, waitFlags } from '../shared/flagGroups.ts';
import { completeImageLock, withLinuxkitHint } from './images.ts';

export const apply: Command = {
  usage: 'apply -f FILE …',
  summary: 'Compile, show the changes, ask for confirmation, deploy',
  description:
    'Creates a change set of the stack <env>-<app>, shows it, asks, and executes exactly that change set. Running ' +
    'the same command again is safe at any point: it resumes watching a running operation. Stack outputs go to ' +
    'standard output, everything else to standard error.',
  flags: [
    ...inputFlags,
    ...compileFlags,
    'build',
    ...imageBuildFlags.filter((name) => name !== 'update' && name !== 'progress'),
    ...imageImportFlags,
    'review',
    'save-review',
    'yes',
    ...waitFlags,
    'detach',
    'cancel',
    'cancel-on-interrupt',
    'rollback',
    'allow-replace',
    'take-name',
    'with-env',
    'prune',
    'force-redeploy',
    'public-zone-id',
    'allow-rights',
    'allow-network',
    'allow-removal',
    'role-arn',
    ...stackSetFlags,
    ...awsFlags,
  ],
  examples: [
    ['apply -f manifests/', 'Show the changes, ask, deploy'],
    ['apply -f manifests/ --yes --timeout 30m', 'In CI: exit code 5 if it is still running after half an hour'],
    ['apply -f manifests/ --save-review review.json', 'Only show the changes, and save the review'],
    ['apply --review review.json', 'Execute exactly the saved review, or nothing'],
    [
      'apply -f . --regions eu-west-1,us-east-1 --accounts 123456789012',
      'As a stack set in several regions and accounts',
    ],
    ['apply -f manifests/ --with-env', 'Deploy the environment first, then the app'],
    ['apply -f manifests/ --force-redeploy', 'Replace all machines, even without changes'],
    ['apply -f manifests/ --prune --prune-volumes', 'Also delete stacks that are no longer in the input'],
  ],
  usageProblems,
  run,
};

function usageProblems(context: Context): readonly Problem[] {
  const { values } = context;
  if (values.cancel) return waitFlagProblems(context);
  const reviews = values['save-review'] !== undefined || values.review !== undefined;
  const far = (['regions', 'accounts', ...stackSetFlags] as const).some((flag) => values[flag] !== undefined);
  return [
    ...problemIf(
      values['save-review'] !== undefined && values.review !== undefined,
      '--review and --save-review exclude each other.',
    ),
    ...(far ? stackSetFlagProblems(values) : []),
    ...problemIf(
      reviews && (values['with-env'] || values.prune || values['force-redeploy']),
      'A saved review is of one existing stack: --with-env, --prune and --force-redeploy cannot be combined with it.',
    ),
    ...waitFlagProblems(context),
    ...(reviews ? [] : confirmationProblems(context)),
  ];
}

async function run(context: Context): Promise<ExitCode> {
  const { io, values } = context;
  if (values.cancel) return cancel.run(context);
  const named = hasManifestFlags(context);
  if (values.review !== undefined && !named) return (await context.aws()).apply(context, 'apply --review', []);
  // An incomplete plan is never deployed: each workload has an image, and decisions are locked.
  const prepared = await readCompileInput({
    ...context,
    values: { ...values, 'require-images': true, 'write-lock': !values['frozen-lock'] },
  });
  if (!prepared.options) {
    reportDiagnostics(context, prepared.compiler, prepared.problems, prepared.texts);
    return exit.input;
  }
  const { options } = prepared;
  const config = options.config ?? {};
  const settings = { ...prepared, env: options.env, config, region: regionOf(io, options) };
  return withExistingResources(context, settings, false, (found, files) =>
    compileAndApply(context, { ...prepared, options: { ...options, ...(found && { context: found }) } }, files),
  );
}

/** Images built on the way are copied to the regions of the stack set and shared with its accounts. */
const withStackSetRegions = (context: Context, { regions, targets }: DesiredStackSet): Context => ({
  ...context,
  values: { ...context.values, regions, ...('accounts' in targets && { accounts: targets.accounts }) },
});

/** `also` is written before anything is executed. */
async function compileAndApply(
  context: Context,
  prepared: CompileInput,
  also: readonly OutputFile[],
): Promise<ExitCode> {
  const { io, values } = context;
  const { compiler, texts } = prepared;
  const region = regionOf(io, prepared.options ?? {});
  const { set, problems: unplaced } = stackSetOf(values, prepared.options?.config ?? {});
  // Flags or i2kit.yaml decide: with a stack set there is no single stack.
  const [unsuited] = set ? stackSetFlagProblems(values) : [];
  if (unsuited) return reportUsageError(io, unsuited.message, 'apply');
  const given = prepared.options && {
    ...prepared.options,
    config: { ...prepared.options.config, ...(region && { region }) },
  };
  const completed =
    given && (await completeImageLock(set ? withStackSetRegions(context, set) : context, prepared, given));
  if (completed?.ok === false) return completed.problems[0];
  const imaged = completed?.value;
  const lock = { ...prepared.lock, ...(imaged?.lock && { lock: imaged.lock }) };
  // One template for all regions contains nothing of a single region, so no version of a secret: machines read the
  // current one.
  const { region: _, ...everywhere } = given?.config ?? {};
  const { secrets, ...unversioned } = lock.lock ?? { version: 1 as const };
  const known = set ? unversioned : lock.lock;
  const options = given && { ...given, config: set ? everywhere : given.config, ...(known && { lock: known }) };
  const result = options && compileWorkloads(prepared, options);
  const decided = result?.ok ? { ...result.lock, ...(set && secrets && { secrets }) } : undefined;
  const frozen = decided && values['frozen-lock'] ? frozenLockDiagnostics(lock, decided) : [];
  const assets = result?.ok ? result.stacks.reduce((sum, stack) => sum + stack.assets.length, 0) : 0;
  const unfit = set && result?.ok ? stackSetDiagnostics(set, result.plan, options?.config ?? {}, assets) : [];
  const said = imaged?.unbuildable ? result?.diagnostics.map(withLinuxkitHint) : result?.diagnostics;
  const diagnostics = [...prepared.problems, ...unplaced, ...(said ?? []), ...unfit, ...frozen];
  reportDiagnostics(context, compiler, diagnostics, texts);
  if (!options || !result?.ok || !decided || hasErrors(diagnostics)) return exit.input;
  if (result.stacks.length > 1 && (values['save-review'] !== undefined || values.review !== undefined))
    return reportUsageError(io, 'A saved review is of one stack, but `stacks: workload` creates several.', 'apply');
  const aws = await context.aws();
  const demands = { options, plan: result.plan, stacks: result.stacks, region, texts };
  const files = [...also, ...(sameLock(lock.lock, decided) ? [] : lockOutput(lock, decided))];
  const wanted = result.stacks.map(
    ({ name: stackName, template, assets, dependsOn = [] }, at): DesiredStack => ({
      stackName,
      owner: { env: options.env, app: options.app },
      region,
      template: JSON.stringify(template),
      tags: { ...options.config.tags, 'i2kit:app': options.app, 'i2kit:env': options.env },
      ...stackSettings(options.config),
      dependsOn: [...dependsOn, environmentStackName(options.env)],
      assets,
      variables: result.plan.serviceVariables,
      files: at === 0 ? files : [],
    }),
  );
  if (set) {
    const allowed = await aws.checkStackSetAccounts(context, demands, set);
    if (allowed !== exit.fine) return allowed;
    for (const each of wanted) {
      const code = await aws.applyStackSet(context, each, set);
      if (code !== exit.fine) return code;
    }
    return exit.fine;
  }
  if (values['with-env']) return applyWithEnvironment(context, demands, wanted);
  const allowed = await aws.checkAccount(context, 'apply', demands);
  return allowed === exit.fine ? aws.apply(context, 'apply', wanted) : allowed;
}

/** The environment is the first of the stacks. */
async function applyWithEnvironment(
  context: Context,
  demands: Requirements,
  apps: readonly DesiredStack[],
): Promise<ExitCode> {
  const change = 'apply --with-env';
  const settings = await readEnvironmentSettings(context);
  return withExistingResources(context, settings, true, async (found, files) => {
    const environment = await compileEnvironmentStack(context, settings, found, files);
    if (!environment.ok) return environment.problems[0];
    const aws = await context.aws();
    const allowed = await aws.checkAccount(context, change, { ...demands, environment: environment.value });
    return allowed === exit.fine ? aws.apply(context, change, [environment.value, ...apps]) : allowed;
  });
}
