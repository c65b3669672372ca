// Review, confirmation and execution of compiled stacks, for `apply` and `env create`.
import type { Problem } from '@i2kit/common';
import {
  type Clients,
  classifyError,
  type ExecuteOptions,
  execute,
  exitCodeOf,
  printable,
  type Review,
  readDeployedTemplate,
} from '@i2kit/runner';
import { type Connection, connect } from '../../aws/connection.ts';
import { openCrossAccountRecords, updateCrossAccountRecords } from '../../aws/crossAccountRecords.ts';
import { fetchStackOwner, findEnvironmentBucket } from '../../aws/environmentBucket.ts';
import { findAccountProblems, type GuardSubject } from '../../aws/guards/account.ts';
import type { ZoneSource } from '../../aws/guards/dnsNames.ts';
import { renderRun } from '../../aws/renderEvents.ts';
import { desiredMachines } from '../../aws/resourceOrigins.ts';
import { executeOptions, runOptions } from '../../aws/runOptions.ts';
import { withServiceVariables, withSideEffects } from '../../aws/sideEffects.ts';
import { outputsText } from '../../aws/table.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { type Change, isGuarded } from '../../guardTable.ts';
import { confirm } from '../../output/confirm.ts';
import { reportDiagnostics } from '../../output/diagnostics.ts';
import { type InterruptListener, listenForInterrupt } from '../../output/interrupt.ts';
import { wrapText } from '../../output/wrapText.ts';
import { writeFiles } from '../../output/writeFiles.ts';
import type { DesiredStack, Owner } from '../../ports/aws.ts';
import { type ReviewFile, readReviewFile, writeReviewFile } from '../../review/file.ts';
import { guardProblems, reviewEffects } from '../../review/guards.ts';
import type { TemplateChange } from '../../review/removals.ts';
import { executionOptions, type PlanFailure, planStack, type StackPlan } from '../../review/stackPlan.ts';
import { reviewText, unallowedReplacements } from '../../review/text.ts';
import { applyMany } from './applyMany.ts';
import { type PrunePlan, planPrune, prune, prunePlanText } from './prune.ts';
import { removalProblems } from './removalGuard.ts';

export async function runApply(context: Context, change: Change, wanted: readonly DesiredStack[]): Promise<ExitCode> {
  const { io, values } = context;
  const read = values.review === undefined ? undefined : readReviewFile(io, values.review);
  if (read && !read.ok) return reportStop(context, read.problems[0].message, exit.input);
  const file = read?.value;
  const connection = await connect(context, wanted[0]?.region ?? reviewRegion(file?.review));
  const interrupt = listenForInterrupt(io);
  try {
    if (wanted.length === 0)
      return file ? await executeReviewFile(context, change, connection, interrupt, file) : exit.input;
    const plan: StackPlan[] = [];
    for (const each of wanted) {
      const made = await planStack(context, connection, interrupt, each, plan, file?.review);
      if (!made.ok) return reportPlanFailure(context, made.problems[0]);
      plan.push(made.value);
      const [problem] = await showReview(context, change, connection, interrupt, plan);
      if (problem) return reportStop(context, problem.message, exit.refused);
    }
    const pruned = values.prune ? await planPrune(context, connection, wanted) : undefined;
    if (pruned && !pruned.ok) return reportStop(context, pruned.problems[0].message, exit.refused);
    const left = pruned?.value;
    if (left && !values.quiet) io.stderr.write(prunePlanText(left));
    return await confirmAndExecute(context, change, connection, interrupt, plan, file !== undefined, left);
  } finally {
    interrupt.release();
    connection.close();
  }
}

/** A saved review has no input: the stack's tag names its environment, and the file lists the side effects. */
async function executeReviewFile(
  context: Context,
  change: Change,
  connection: Connection,
  interrupt: InterruptListener,
  { review, beside }: ReviewFile,
): Promise<ExitCode> {
  const { stackName } = review;
  const template =
    review.kind === 'change-set' ? await fetchChangeSetTemplate(connection.clients, review.changeSetId) : undefined;
  const owner = beside?.owner ?? (await fetchStackOwner(connection, stackName));
  const reviewed = { stackName, owner, variables: beside?.variables, source: context.values.review ?? '' };
  const refused =
    template !== undefined && (await refuseTemplate(context, change, connection, { ...reviewed, template }));
  if (refused) return exit.refused;
  const bucket = owner && (await findEnvironmentBucket(context, connection, owner.env));
  const clients = bucket ? { ...connection.clients, bucket } : connection.clients;
  const refusals = await findReviewRefusals(context, change, { ...connection, clients }, review, owner, template);
  if (refusals.length > 0) return reportRefusals(context, refusals);
  const [taken] =
    template === undefined
      ? []
      : await showCrossAccountRecords(context, change, connection, interrupt, { stackName, template });
  if (taken) return reportStop(context, taken.message, exit.refused);
  const options = {
    ...executeOptions(context, interrupt.signal),
    ...(beside && { variables: beside.variables }),
  };
  const act = () => executeAndRender(context, { ...connection, clients }, review, options);
  if (review.kind === 'blocked') return act();
  return template === undefined
    ? withServiceVariables(context, connection.options, beside ?? {}, act)
    : withSideEffects(context, { ...connection, clients }, { stackName, template, ...beside }, act);
}

/** A template without its input: of a saved review, or of a revision. Reports what the account lacks. */
export async function refuseTemplate(
  context: Context,
  change: Change,
  connection: Connection,
  {
    stackName,
    template,
    ...subject
  }: Omit<GuardSubject, 'stacks' | 'input'> & { readonly stackName: string; readonly template: string },
): Promise<boolean> {
  const stacks = [{ name: stackName, template }];
  const problems = await findAccountProblems(context, connection, change, { ...subject, stacks });
  if (problems.length === 0) return false;
  reportDiagnostics(context, await context.compiler(), problems, []);
  return true;
}

/** The review in the file was seen before; guarded effects still have to be allowed by name. */
async function findReviewRefusals(
  context: Context,
  change: Change,
  connection: Connection,
  made: Review,
  owner: Owner | undefined,
  now: string | undefined,
): Promise<readonly Problem[]> {
  if (made.kind !== 'change-set' || now === undefined) return [];
  const { clients } = connection;
  const { stackName } = made;
  const former = made.type === 'CREATE' ? '' : await fetchTemplateIfAny(clients, stackName);
  const bucket = clients.bucket ? { bucket: clients.bucket } : {};
  const effects = await reviewEffects(context, made, { former, now, ...bucket });
  return [
    ...(effects ? guardProblems(effects, context.values) : []),
    ...(await removalProblems(context, change, connection, owner, [{ stackName, before: former, after: now }])),
  ];
}

/** Undefined if the change set is gone: its execution will report that. */
async function fetchChangeSetTemplate({ cloudFormation }: Clients, ChangeSetName: string): Promise<string | undefined> {
  try {
    return (await cloudFormation.getTemplate({ ChangeSetName, TemplateStage: 'Original' })).TemplateBody;
  } catch (error) {
    if (classifyError(error)?.kind === 'absent') return undefined;
    throw error;
  }
}

/** Prints every review; returns the refusals of all, whose change sets are then deleted. */
export async function showReview(
  context: Context,
  change: Change,
  connection: Connection,
  interrupt: InterruptListener,
  plan: readonly StackPlan[],
): Promise<readonly Problem[]> {
  const last = plan.at(-1);
  if (!last) return [];
  if (!context.values.quiet) context.io.stderr.write(await reviewText(context, last.review, last.effects));
  const conflicts = await showCrossAccountRecords(context, change, connection, interrupt, last.wanted);
  if (conflicts.length > 0) for (const { clients, review } of plan) await discardChangeSet(clients, review);
  return conflicts;
}

/** From the printed review to the result; asks for confirmation unless the review was `given`. */
export async function confirmAndExecute(
  context: Context,
  change: Change,
  connection: Connection,
  interrupt: InterruptListener,
  plan: readonly StackPlan[],
  given: boolean,
  left?: PrunePlan,
): Promise<ExitCode> {
  const { io, values } = context;
  const options = executeOptions(context, interrupt.signal);
  const [first] = plan;
  const out = values['save-review'];
  if (first && out !== undefined && first.review.kind !== 'blocked') {
    const [problem] = writeReviewFile(io, out, first.review, first.wanted);
    return problem ? reportStop(context, problem.message, exit.input) : exit.fine;
  }
  const refusals = [
    ...plan.flatMap(({ effects }) => (effects ? guardProblems(effects, values) : [])),
    ...(await removalProblems(context, change, connection, appOwner(plan), templateChanges(plan), left)),
  ];
  if (refusals.length > 0) {
    // An earlier review may still be executed, with the flag.
    if (!given) for (const { clients, review } of plan) await discardChangeSet(clients, review);
    return reportRefusals(context, refusals);
  }
  const changes = plan.filter(({ review }) => review.kind === 'change-set' || review.kind === 'deferred');
  const endangers = changes.some(({ review }) => unallowedReplacements(review, values['allow-replace']).length > 0);
  const asks =
    isGuarded('confirmation', given ? 'apply --review' : change) &&
    !endangers &&
    (changes.length > 0 || (left?.stacks.length ?? 0) + (left?.volumes.length ?? 0) > 0);
  if (asks && !(await confirm(context, confirmationQuestion(changes, left), interrupt.signal))) {
    // They will never be executed.
    for (const { clients, review } of changes) await discardChangeSet(clients, review);
    return reportStop(context, 'Nothing was changed.', interrupt.signal.aborted ? exit.interrupted : exit.refused);
  }
  const files = plan.flatMap(({ wanted, review }) => (review.kind === 'blocked' ? [] : wanted.files));
  const unwritten = writeFiles(io, files);
  if (unwritten.length > 0) {
    reportDiagnostics(context, await context.compiler(), unwritten, []);
    return exit.input;
  }
  const act = (): Promise<ExitCode> =>
    first && plan.length === 1
      ? executeAndRender(
          context,
          { ...connection, clients: first.clients },
          first.review,
          executionOptions(first, options),
          first,
        )
      : applyMany(context, connection, plan, options);
  const beside = plan.filter(({ review }) => review.kind !== 'blocked');
  const environment = environmentZones(plan);
  const code = await beside.reduceRight(
    (inner, { wanted }) =>
      () =>
        withSideEffects(context, connection, { ...wanted, environment }, inner),
    act,
  )();
  return code === exit.fine && left ? prune(context, connection, left, options) : code;
}

const appOwner = (plan: readonly StackPlan[]): Owner | undefined =>
  plan.find(({ wanted }) => wanted.owner?.app !== undefined)?.wanted.owner;

/** The zones of an environment that is deployed in the same run. */
function environmentZones(plan: readonly StackPlan[]): ZoneSource | undefined {
  const found = plan.find(({ wanted }) => wanted.owner !== undefined && wanted.owner.app === undefined);
  const publicZoneId = found?.input.parameters?.['PublicZoneId'];
  return found && { template: found.wanted.template, ...(publicZoneId !== undefined && { publicZoneId }) };
}

/** A blocked review changes nothing. */
const templateChanges = (plan: readonly StackPlan[]): readonly TemplateChange[] =>
  plan.map(({ input, former, wanted, review }) => ({
    stackName: input.stackName,
    before: former,
    after: review.kind === 'blocked' ? former : wanted.template,
  }));

function confirmationQuestion(changes: readonly StackPlan[], left: PrunePlan | undefined): string {
  const prunes = left ? left.stacks.length + left.volumes.length : 0;
  const what =
    changes.length === 1 ? (changes[0]?.input.stackName ?? '') : changes.length > 1 ? `${changes.length} stacks` : '';
  return [
    what && `Change ${what}`,
    prunes > 0 && `${what ? 'and d' : 'D'}elete resources that are no longer in the input`,
  ]
    .filter(Boolean)
    .join(' ')
    .concat('?');
}

/** A change set that will never be executed. */
async function discardChangeSet({ cloudFormation }: Clients, made: Review): Promise<void> {
  if (made.kind === 'change-set') await cloudFormation.deleteChangeSet({ ChangeSetName: made.changeSetId });
}

/** Names in a zone of another account; returns the conflicts. */
async function showCrossAccountRecords(
  context: Context,
  change: Change,
  connection: Connection,
  { signal }: InterruptListener,
  wanted: Pick<StackPlan['wanted'], 'stackName' | 'template'>,
): Promise<readonly Problem[]> {
  if (!isGuarded('crossAccountNames', change)) return [];
  const opened = await openCrossAccountRecords(connection, wanted.stackName, wanted.template);
  if (opened === undefined) return [];
  if (!opened.ok) return opened.problems;
  const names = opened.value;
  try {
    const shown = await names.review(runOptions(context, signal));
    if (!shown.ok) return shown.problems;
    if (!context.values.quiet) context.io.stderr.write(shown.value);
    return [];
  } finally {
    names.close();
  }
}

/** Without `planned` for a saved review. */
async function executeAndRender(
  context: Context,
  connection: Connection,
  made: Review,
  options: ExecuteOptions,
  planned?: StackPlan,
): Promise<ExitCode> {
  const { io, values } = context;
  const { clients } = connection;
  const former = planned?.former ?? (await fetchTemplateIfAny(clients, made.stackName));
  const result = await renderRun(context, execute(clients, made, options), planned?.origins ?? {}, {
    ...(made.kind === 'change-set' && { planned: made.changes.map((each) => each.LogicalResourceId ?? '') }),
    ...(planned && { machines: desiredMachines(planned.wanted.template) }),
  });
  if (result.outcome === 'failed' && /\/i2kit\//.test(result.message)) {
    io.stderr.write(
      "hint: The environment provides these parameters. Create it with 'i2kit env create', or together with this " +
        'app: --with-env.\n',
    );
  }
  if (values.progress !== 'json') io.stdout.write(outputsText(result.outputs ?? {}));
  const there = result.outcome === 'succeeded' || result.outcome === 'unchanged';
  if (!there || result.stackId === undefined) return exitCodeOf(result);
  const now = planned?.wanted.template ?? (await fetchTemplateIfAny(clients, made.stackName));
  return updateCrossAccountRecords(context, connection, options, result.stackId, { former, now });
}

async function fetchTemplateIfAny(clients: Clients, stackName: string): Promise<string> {
  const has = await readDeployedTemplate(clients, stackName);
  return has.ok ? has.value.template : '';
}

const reviewRegion = (made: Review | undefined): string | undefined =>
  made && made.kind !== 'blocked' ? made.region : undefined;

function reportPlanFailure(context: Context, { message, hint, exit: code }: PlanFailure): ExitCode {
  const ending = reportStop(context, message, code ?? exit.refused);
  if (hint !== undefined) context.io.stderr.write(wrapText(`hint: ${printable(hint)}\n`, context.io.stderr));
  return ending;
}

function reportRefusals({ io }: Context, problems: readonly Problem[]): ExitCode {
  io.stderr.write(problems.map(({ message }) => `error: ${message}\n`).join(''));
  return exit.refused;
}

function reportStop({ io }: Context, sentence: string, code: ExitCode): ExitCode {
  io.stderr.write(wrapText(`${sentence === 'Nothing was changed.' ? '' : 'error: '}${sentence}\n`, io.stderr));
  return code;
}
