// Review, question, execution: what `apply` and `env create` do once there are templates.
import { type Clients, deployed, type ExecuteOptions, execute, exitCode, faultOf, type Review } from '@i2kit/runner';
import type { Wanted } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { report } from '../output/report.ts';
import { wrapped } from '../output/wrapped.ts';
import { writeAll } from '../output/write.ts';
import { agreed } from './ask.ts';
import { withBeside, withVariables } from './beside.ts';
import { type Connection, connect } from './connect.ts';
import { effectsOf } from './effects.ts';
import { follow } from './follow.ts';
import { type Interruptible, interruptible } from './interrupt.ts';
import { bucketIfAny, envOf } from './kept.ts';
import { namesOf, writeAfter } from './names.ts';
import { executeOptions, runOptions } from './options.ts';
import { machinesIn } from './origins.ts';
import { outputsText } from './outputs.ts';
import { unpermitted } from './permitted.ts';
import { executionOf, type Planned, planned } from './planned.ts';
import { type Leftover, leftovers, leftoverText, prune } from './prune.ts';
import { type Beside, readReview, writeReview } from './reviewfile.ts';
import { reviewText, unasked } from './reviewtext.ts';
import { several } from './several.ts';

export async function apply(context: Context, wanted: readonly Wanted[]): Promise<Exit> {
  const { io, values } = context;
  const file = values.review === undefined ? undefined : readReview(io, values.review);
  if (file && 'wrong' in file) return stopped(context, file.wrong, exit.input);
  const connection = await connect(context, wanted[0]?.region ?? regionOf(file?.review));
  const interrupt = interruptible(io);
  try {
    if (wanted.length === 0) return file ? await executedAlone(context, connection, interrupt, file) : exit.input;
    const plan: Planned[] = [];
    for (const each of wanted) {
      const made = await planned(context, connection, interrupt, each, plan, file?.review);
      if ('wrong' in made) return stopped(context, made.wrong, exit.refused);
      plan.push(made);
      const wrong = await shown(context, connection, interrupt, plan);
      if (wrong !== undefined) return stopped(context, wrong, exit.refused);
    }
    const left = values.prune ? await leftovers(context, connection, wanted) : undefined;
    if (left && 'wrong' in left) return stopped(context, left.wrong, exit.refused);
    if (left && !values.quiet) io.stderr.write(leftoverText(left));
    return await agreedAndDone(context, connection, interrupt, plan, file !== undefined, left);
  } finally {
    interrupt.release();
    connection.close();
  }
}

/** A review without the input that it was made of: the stack's tag says which environment keeps it, the file what is written beside it. */
async function executedAlone(
  context: Context,
  connection: Connection,
  { signal }: Interruptible,
  { review, beside }: { readonly review: Review; readonly beside?: Beside },
): Promise<Exit> {
  const wrong = await unnamed(context, connection, review);
  if (wrong.length > 0) return refused(context, wrong);
  const env = await envOf(connection, review.stackName);
  const bucket = env === undefined ? undefined : await bucketIfAny(context, connection, env);
  const clients = bucket ? { ...connection.clients, bucket } : connection.clients;
  const options = { ...executeOptions(context, signal), ...(beside && { variables: beside.variables }) };
  const act = () => executed(context, { ...connection, clients }, review, options);
  return beside && review.kind !== 'blocked' ? withVariables(context, connection.options, beside, act) : act();
}

/** What is in a file was reviewed; what it endangers still has to be named. */
async function unnamed(context: Context, { clients }: Connection, made: Review): Promise<readonly string[]> {
  if (made.kind !== 'change-set') return [];
  const now = await templateOfChangeSet(clients, made.changeSetId);
  const former = made.type === 'CREATE' ? '' : await templateOf(clients, made.stackName);
  const effects = now === undefined ? undefined : await effectsOf(context, made, { former, now });
  return effects ? unpermitted(effects, context.values) : [];
}

/** Undefined where the change set has gone: executing it will say so. */
async function templateOfChangeSet({ cloudFormation }: Clients, ChangeSetName: string): Promise<string | undefined> {
  try {
    return (await cloudFormation.getTemplate({ ChangeSetName, TemplateStage: 'Original' })).TemplateBody;
  } catch (error) {
    if (faultOf(error)?.kind === 'absent') return undefined;
    throw error;
  }
}

/** Shows the last one; gives what is in the way of all, which then are discarded. */
export async function shown(
  context: Context,
  connection: Connection,
  interrupt: Interruptible,
  plan: readonly Planned[],
): Promise<string | undefined> {
  const last = plan.at(-1);
  if (!last) return undefined;
  if (!context.values.quiet) context.io.stderr.write(await reviewText(context, last.review, last.effects));
  const wrong = await shownNames(context, connection, interrupt, last.wanted);
  if (wrong !== undefined) for (const { clients, review } of plan) await discarded(clients, review);
  return wrong;
}

/** From what was shown to the end; asks in between, but for a review that was `given`. */
export async function agreedAndDone(
  context: Context,
  connection: Connection,
  interrupt: Interruptible,
  plan: readonly Planned[],
  given: boolean,
  left?: Leftover,
): Promise<Exit> {
  const { io, values } = context;
  const options = executeOptions(context, interrupt.signal);
  const [first] = plan;
  const out = values['save-review'];
  if (first && out !== undefined && first.review.kind !== 'blocked') {
    const wrong = writeReview(io, out, first.review, first.wanted);
    return wrong === undefined ? exit.fine : stopped(context, wrong, exit.input);
  }
  const wrong = plan.flatMap(({ effects }) => (effects ? unpermitted(effects, values) : []));
  if (wrong.length > 0) {
    // What was reviewed before may still be executed, with the flag.
    if (!given) for (const { clients, review } of plan) await discarded(clients, review);
    return refused(context, wrong);
  }
  const changes = plan.filter(({ review }) => review.kind === 'change-set' || review.kind === 'deferred');
  const endangers = changes.some(({ review }) => unasked(review, values['allow-replace']).length > 0);
  const asks = !given && !endangers && (changes.length > 0 || (left?.stacks.length ?? 0) + (left?.volumes.length ?? 0) > 0);
  if (asks && !(await agreed(context, questionOf(changes, left), interrupt.signal))) {
    // Nobody will execute them.
    for (const { clients, review } of changes) await discarded(clients, review);
    return stopped(context, 'Nothing was changed.', interrupt.signal.aborted ? exit.interrupted : exit.refused);
  }
  const files = plan.flatMap(({ wanted, review }) => (review.kind === 'blocked' ? [] : wanted.files));
  const unwritten = writeAll(io, files);
  if (unwritten.length > 0) {
    report(context, await context.compiler(), unwritten, []);
    return exit.input;
  }
  const act = (): Promise<Exit> =>
    first && plan.length === 1
      ? executed(context, { ...connection, clients: first.clients }, first.review, executionOf(first, options), first)
      : several(context, connection, plan, options);
  const beside = plan.filter(({ review }) => review.kind !== 'blocked');
  const code = await beside.reduceRight(
    (inner, { wanted }) =>
      () =>
        withBeside(context, connection, wanted, inner),
    act,
  )();
  return code === exit.fine && left ? prune(context, connection, left, options) : code;
}

function questionOf(changes: readonly Planned[], left: Leftover | undefined): string {
  const prunes = left ? left.stacks.length + left.volumes.length : 0;
  const what = changes.length === 1 ? (changes[0]?.input.stackName ?? '') : changes.length > 1 ? `${changes.length} stacks` : '';
  return [what && `Change ${what}`, prunes > 0 && `${what ? 'and d' : 'D'}elete what is left over`].filter(Boolean).join(' ').concat('?');
}

/** A change set that nobody will execute. */
async function discarded({ cloudFormation }: Clients, made: Review): Promise<void> {
  if (made.kind === 'change-set') await cloudFormation.deleteChangeSet({ ChangeSetName: made.changeSetId });
}

/** Names in a zone of another account; gives what is in the way. */
async function shownNames(
  context: Context,
  connection: Connection,
  { signal }: Interruptible,
  wanted: Planned['wanted'],
): Promise<string | undefined> {
  const names = await namesOf(connection, wanted.stackName, wanted.template);
  if (names === undefined) return undefined;
  if ('wrong' in names) return names.wrong;
  try {
    const shown = await names.review(runOptions(context, signal));
    if ('wrong' in shown) return shown.wrong;
    if (!context.values.quiet) context.io.stderr.write(shown.text);
    return undefined;
  } finally {
    names.close();
  }
}

/** Without `planned`, of a review in a file and nothing else. */
async function executed(context: Context, connection: Connection, made: Review, options: ExecuteOptions, planned?: Planned): Promise<Exit> {
  const { io, values } = context;
  const { clients } = connection;
  const former = planned?.former ?? (await templateOf(clients, made.stackName));
  const result = await follow(context, execute(clients, made, options), planned?.origins ?? {}, {
    ...(made.kind === 'change-set' && { planned: made.changes.map((each) => each.LogicalResourceId ?? '') }),
    ...(planned && { machines: machinesIn(planned.wanted.template) }),
  });
  if (result.outcome === 'failed' && /\/i2kit\//.test(result.message)) {
    io.stderr.write("hint: the environment hands these parameters over; make it with 'i2kit env create', or with this app: --with-env.\n");
  }
  if (values.progress !== 'json') io.stdout.write(outputsText(result.outputs ?? {}));
  const there = result.outcome === 'succeeded' || result.outcome === 'unchanged';
  if (!there || result.stackId === undefined) return exitCode(result);
  const now = planned?.wanted.template ?? (await templateOf(clients, made.stackName));
  return writeAfter(context, connection, options, result.stackId, { former, now });
}

async function templateOf(clients: Clients, stackName: string): Promise<string> {
  const has = await deployed(clients, stackName);
  return 'stopped' in has ? '' : has.template;
}

const regionOf = (made: Review | undefined): string | undefined => (made && made.kind !== 'blocked' ? made.region : undefined);

function refused({ io }: Context, sentences: readonly string[]): Exit {
  io.stderr.write(sentences.map((sentence) => `error: ${sentence}\n`).join(''));
  return exit.refused;
}

function stopped({ io }: Context, sentence: string, code: Exit): Exit {
  io.stderr.write(wrapped(`${sentence === 'Nothing was changed.' ? '' : 'error: '}${sentence}\n`, io.stderr));
  return code;
}
