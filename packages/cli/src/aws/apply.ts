// Review, question, execution: what `apply` and `env create` do once there is a template.
import { type Clients, type ExecuteOptions, execute, exitCode, type Result, type Review, review, type StackInput } from '@i2kit/runner';
import type { Wanted } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { report } from '../output/report.ts';
import { writeAll } from '../output/write.ts';
import { agreed } from './ask.ts';
import { withBeside } from './beside.ts';
import { type Connection, connect } from './connect.ts';
import { follow, showing } from './follow.ts';
import { stackInput } from './input.ts';
import { type Interruptible, interruptible } from './interrupt.ts';
import { bucketIfAny, envOf } from './kept.ts';
import { lease } from './lease.ts';
import { namesOf, templateNow, writeAfter } from './names.ts';
import { runOptions } from './options.ts';
import { machinesIn, type Origins, originsIn } from './origins.ts';
import { outputsText } from './outputs.ts';
import { readReview, writeReview } from './reviewfile.ts';
import { removedOrigins, reviewText, unasked } from './reviewtext.ts';

export async function apply(context: Context, wanted: Wanted | undefined): Promise<Exit> {
  const { io, values } = context;
  const file = values.review === undefined ? undefined : readReview(io, values.review);
  if (file && 'wrong' in file) return stopped(context, file.wrong, exit.input);
  const connection = await connect(context, wanted?.region ?? regionOf(file?.review));
  const interrupt = interruptible(io);
  try {
    if (!wanted) return file ? await executedAlone(context, connection, interrupt, file.review) : exit.input;
    const made = await stackInput(context, wanted, connection);
    if ('wrong' in made) return stopped(context, made.wrong, exit.refused);
    for (const { key, sha256, bytes } of wanted.assets) await made.bucket?.asset(key, sha256, bytes);
    const clients = made.bucket ? { ...connection.clients, bucket: made.bucket } : connection.clients;
    const at = { ...connection, clients };
    return await reviewed(context, at, interrupt, wanted, made.input, file?.review);
  } finally {
    interrupt.release();
    connection.close();
  }
}

/** A review without the input that it was made of: the stack's tag says which environment keeps it. */
async function executedAlone(context: Context, connection: Connection, interrupt: Interruptible, made: Review): Promise<Exit> {
  const env = await envOf(connection, made.stackName);
  const bucket = env === undefined ? undefined : await bucketIfAny(context, connection, env);
  const clients = bucket ? { ...connection.clients, bucket } : connection.clients;
  return executed(context, { ...connection, clients }, interrupt, made, {});
}

/** From a review, made now or given, to the end; asks in between. */
export async function reviewed(
  context: Context,
  connection: Connection,
  interrupt: Interruptible,
  wanted: Pick<Wanted, 'stackName' | 'template' | 'files'> & Partial<Pick<Wanted, 'owner' | 'variables'>>,
  input: StackInput,
  given: Review | undefined,
): Promise<Exit> {
  const { io, values } = context;
  const made = given ?? (await shownReview(context, connection.clients, interrupt, input));
  const known = { ...(await removedOrigins(connection.clients.cloudFormation, made)), ...originsIn(wanted.template) };
  if (!values.quiet) io.stderr.write(reviewText(made, known, context.color));
  const names = await shownNames(context, connection, interrupt, wanted);
  if (names !== undefined) {
    await discarded(connection.clients, made);
    return stopped(context, names, exit.refused);
  }
  const out = values['save-review'];
  if (out !== undefined && made.kind !== 'blocked') {
    const wrong = writeReview(io, out, made);
    return wrong === undefined ? exit.fine : stopped(context, wrong, exit.input);
  }
  const asks = !given && (made.kind === 'change-set' || made.kind === 'deferred') && unasked(made, values['allow-replace']).length === 0;
  if (asks && !(await agreed(context, `Change ${input.stackName}?`, interrupt.signal))) {
    // Nobody will execute it.
    await discarded(connection.clients, made);
    return stopped(context, 'Nothing was changed.', interrupt.signal.aborted ? exit.interrupted : exit.refused);
  }
  const unwritten = made.kind === 'blocked' ? [] : writeAll(io, wanted.files);
  if (unwritten.length > 0) {
    report(context, await context.compiler(), unwritten, []);
    return exit.input;
  }
  const act = () => executed(context, connection, interrupt, made, known, input);
  return made.kind === 'blocked' ? act() : withBeside(context, connection, wanted, act);
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
  wanted: Pick<Wanted, 'stackName' | 'template'>,
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

async function shownReview(context: Context, clients: Clients, { signal }: Interruptible, input: StackInput): Promise<Review> {
  const { io, values } = context;
  if (!values.quiet && values.progress !== 'json') io.stderr.write(`Reviewing ${input.stackName} …\n`);
  const shown = showing(context, {});
  const loud = (level: string) => values.progress === 'json' || level === 'warn' || level === 'error';
  const made = await review(clients, input, {
    ...runOptions(context, signal),
    onEvent: (event) => loud(event.level) && shown.add(event),
  });
  shown.end();
  return made;
}

async function executed(
  context: Context,
  connection: Connection,
  { signal }: Interruptible,
  made: Review,
  origins: Origins,
  input?: StackInput,
): Promise<Exit> {
  const { io, values } = context;
  const { clients } = connection;
  const was = made.kind === 'unchanged' || (made.kind === 'change-set' && made.type === 'UPDATE') ? made.stackId : undefined;
  const former = was === undefined ? '' : await templateNow(clients, was);
  const options: ExecuteOptions = {
    ...runOptions(context, signal),
    waitForTargets: true,
    lease: lease(io),
    detach: values.detach ?? false,
    disableRollback: values.rollback === false,
    cancelOnInterrupt: values['cancel-on-interrupt'] ?? false,
    ...(values['allow-replace'] && { allowReplace: values['allow-replace'] }),
    ...(input && { input }),
  };
  const result = await follow(context, execute(clients, made, options), origins, {
    ...(made.kind === 'change-set' && { planned: made.changes.map((each) => each.LogicalResourceId ?? '') }),
    ...(input && { machines: machinesIn(input.template) }),
  });
  if (result.outcome === 'failed' && /\/i2kit\//.test(result.message)) {
    io.stderr.write("hint: the environment hands these parameters over; make it with 'i2kit env create'.\n");
  }
  if (values.progress !== 'json') io.stdout.write(outputsText(await outputsOf(clients, result)));
  const there = result.outcome === 'succeeded' || result.outcome === 'unchanged';
  if (!there || result.stackId === undefined) return exitCode(result);
  const now = input?.template ?? (await templateNow(clients, result.stackId));
  return writeAfter(context, connection, runOptions(context, signal), result.stackId, { former, now });
}

async function outputsOf({ cloudFormation }: Clients, { outcome, outputs, stackId }: Result): Promise<Readonly<Record<string, string>>> {
  if (outputs || outcome !== 'unchanged' || !stackId) return outputs ?? {};
  const { Stacks: [stack] = [] } = await cloudFormation.describeStacks({ StackName: stackId });
  return Object.fromEntries((stack?.Outputs ?? []).map((each) => [each.OutputKey ?? '', each.OutputValue ?? '']));
}

const regionOf = (made: Review | undefined): string | undefined => (made && made.kind !== 'blocked' ? made.region : undefined);

function stopped({ io }: Context, sentence: string, code: Exit): Exit {
  io.stderr.write(`${sentence === 'Nothing was changed.' ? '' : 'error: '}${sentence}\n`);
  return code;
}
