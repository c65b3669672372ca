// `i2kit apply`: compiles, shows what would change, and after a yes makes it so.
import { unaskable, wrongWaiting } from '../asking.ts';
import type { Wanted } from '../aws-ports.ts';
import type { Command, Context } from '../context.ts';
import { withExisting } from '../existing.ts';
import { type Exit, exit } from '../exit.ts';
import { namesManifests } from '../input/sources.ts';
import { failed, report } from '../output/report.ts';
import type { Output } from '../output/write.ts';
import { type Prepared, prepare, regionOf } from '../prepare.ts';
import { environmentSettings } from '../settings/environment.ts';
import { sameLock } from '../settings/lock-text.ts';
import { frozenProblems, lockOutput } from '../settings/lock-write.ts';
import { stackSettings } from '../settings/stack.ts';
import { notForAll, type StackSetWanted, stackSetOf, unfitForSet } from '../settings/stack-set.ts';
import { wrongUsage } from '../usage.ts';
import { withImages, withoutLinuxkit } from './apply-images.ts';
import { cancel } from './cancel.ts';
import { wantedEnvironment } from './env-create.ts';
import { environmentStack } from './env-synth.ts';
import { importing, making } from './image-shared.ts';
import { account, choices, input, places, waiting } from './shared.ts';

export const apply: Command = {
  usage: 'apply -f FILE …',
  summary: 'Compile manifests, show what would change in AWS, and after a yes change it',
  description:
    'Makes a change set of the stack <env>-<app>, shows it, asks, and executes exactly that. To run the same command again is safe, wherever\n' +
    'it was stopped: it goes on watching what is under way. Outputs go to standard output, everything else to standard error.',
  flags: [
    ...input,
    ...choices,
    'build',
    ...making.filter((name) => name !== 'update' && name !== 'progress'),
    ...importing,
    'review',
    'save-review',
    'yes',
    ...waiting,
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
    'role-arn',
    ...places,
    ...account,
  ],
  examples: [
    ['apply -f manifests/', 'Show, ask, and do'],
    ['apply -f manifests/ --yes --timeout 30m', 'In CI: exit code 5 where it is still running after half an hour'],
    ['apply -f manifests/ --save-review review.json', 'Only show, and keep what was shown'],
    ['apply --review review.json', 'Execute exactly that, or nothing'],
    ['apply -f . --regions eu-west-1,us-east-1 --accounts 123456789012', 'As a stack set, in several places'],
    ['apply -f manifests/ --with-env', 'The environment first, then the app'],
    ['apply -f manifests/ --force-redeploy', 'New machines, though nothing has changed'],
    ['apply -f manifests/ --prune --prune-volumes', 'And delete what the input no longer has'],
  ],
  run,
};

async function run(context: Context): Promise<Exit> {
  const { io, values } = context;
  if (values.cancel) return cancel.run(context);
  const saves = values['save-review'] !== undefined;
  if (saves && values.review !== undefined) return wrongUsage(io, '--review and --save-review exclude each other.', 'apply');
  const reviews = saves || values.review !== undefined;
  const far = (['regions', 'accounts', ...places] as const).some((flag) => values[flag] !== undefined);
  const unfit = far ? unfitForSet(values) : undefined;
  if (unfit !== undefined) return wrongUsage(io, unfit, 'apply');
  if (reviews && (values['with-env'] || values.prune || values['force-redeploy']))
    return wrongUsage(io, 'A review in a file is of one stack, as it is: without --with-env, --prune and --force-redeploy.', 'apply');
  const wrong = wrongWaiting(context) ?? (reviews ? undefined : unaskable(context));
  if (wrong !== undefined) return wrongUsage(io, wrong, 'apply');
  const named = namesManifests(context);
  if (values.review !== undefined && !named) return (await context.aws()).apply(context, []);
  // Nothing half-known is deployed: each workload has its image, and decisions are kept.
  const prepared = await prepare({ ...context, values: { ...values, 'require-images': true, 'write-lock': !values['frozen-lock'] } });
  if (!prepared.options) {
    report(context, prepared.compiler, prepared.problems, prepared.texts);
    return exit.input;
  }
  const { options } = prepared;
  const config = options.config ?? {};
  const settings = { ...prepared, env: options.env, config, region: regionOf(io, options) };
  return withExisting(context, settings, false, (found, files) =>
    compiled(context, { ...prepared, options: { ...options, ...(found && { context: found }) } }, files),
  );
}

/** Images that are made on the way are copied to where the set is, and shared with its accounts. */
const copying = (context: Context, { regions, targets }: StackSetWanted): Context => ({
  ...context,
  values: { ...context.values, regions, ...('accounts' in targets && { accounts: targets.accounts }) },
});

/** `also` is written before anything is executed. */
async function compiled(context: Context, prepared: Prepared, also: readonly Output[]): Promise<Exit> {
  const { io, values } = context;
  const { compiler, sources, texts } = prepared;
  const region = regionOf(io, prepared.options ?? {});
  const { set, problems: unplaced } = stackSetOf(values, prepared.options?.config ?? {});
  // Flags or i2kit.yaml: a set is a set.
  const unsuited = set ? unfitForSet(values) : undefined;
  if (unsuited !== undefined) return wrongUsage(io, unsuited, 'apply');
  const given = prepared.options && { ...prepared.options, config: { ...prepared.options.config, ...(region && { region }) } };
  const imaged = given && (await withImages(set ? copying(context, set) : context, prepared, given));
  if (imaged && 'exit' in imaged) return imaged.exit;
  const lock = { ...prepared.lock, ...(imaged?.lock && { lock: imaged.lock }) };
  // One template for all regions has nothing of any of them, and so no version of a secret: machines take the present one.
  const { region: _, ...everywhere } = given?.config ?? {};
  const { secrets, ...unversioned } = lock.lock ?? { version: 1 as const };
  const known = set ? unversioned : lock.lock;
  const options = given && { ...given, config: set ? everywhere : given.config, ...(known && { lock: known }) };
  const result = options && compiler.compile(sources, options);
  const decided = result?.ok ? { ...result.lock, ...(set && secrets && { secrets }) } : undefined;
  const frozen = decided && values['frozen-lock'] ? frozenProblems(lock, decided) : [];
  const assets = result?.ok ? result.stacks.reduce((sum, stack) => sum + stack.assets.length, 0) : 0;
  const unfit = set && result?.ok ? notForAll(set, result.plan, options?.config ?? {}, assets) : [];
  const said = imaged?.unbuildable ? result?.diagnostics.map(withoutLinuxkit) : result?.diagnostics;
  const diagnostics = [...prepared.problems, ...unplaced, ...(said ?? []), ...unfit, ...frozen];
  report(context, compiler, diagnostics, texts);
  if (!options || !result?.ok || !decided || failed(diagnostics)) return exit.input;
  if (result.stacks.length > 1 && (values['save-review'] !== undefined || values.review !== undefined))
    return wrongUsage(io, 'A review in a file is of one stack, and `stacks: workload` makes several.', 'apply');
  const aws = await context.aws();
  const demands = { options, plan: result.plan, stacks: result.stacks, region, texts };
  const allowed = await (set ? aws.guardSet(context, demands, set) : aws.guard(context, demands));
  if (allowed !== exit.fine) return allowed;
  const files = [...also, ...(sameLock(lock.lock, decided) ? [] : lockOutput(lock, decided))];
  const wanted = result.stacks.map(
    ({ name: stackName, template, assets, dependsOn = [] }, at): Wanted => ({
      stackName,
      owner: { env: options.env, app: options.app },
      region,
      template: JSON.stringify(template),
      tags: { ...options.config.tags, 'i2kit:app': options.app, 'i2kit:env': options.env },
      ...stackSettings(options.config),
      dependsOn: [...dependsOn, environmentStack(options.env)],
      assets,
      variables: result.plan.serviceVariables,
      files: at === 0 ? files : [],
    }),
  );
  if (set) {
    for (const each of wanted) {
      const code = await aws.applySet(context, each, set);
      if (code !== exit.fine) return code;
    }
    return exit.fine;
  }
  return values['with-env'] ? withEnvironment(context, wanted) : aws.apply(context, wanted);
}

/** The environment is the first of the stacks. */
async function withEnvironment(context: Context, apps: readonly Wanted[]): Promise<Exit> {
  const settings = await environmentSettings(context);
  return withExisting(context, settings, true, async (found, files) => {
    const environment = await wantedEnvironment(context, settings, found, files);
    return environment ? (await context.aws()).apply(context, [environment, ...apps]) : exit.input;
  });
}
