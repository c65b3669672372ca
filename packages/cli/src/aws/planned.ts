// One stack on its way: its input, its review, and what both are said with.
import {
  type Clients,
  deployed,
  type EnvironmentBucket,
  type ExecuteOptions,
  review as making,
  type Review,
  type StackInput,
} from '@i2kit/runner';
import type { Wanted } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import type { StackReview } from '../review-ports.ts';
import type { Connection } from './connect.ts';
import { effectsOf } from './effects.ts';
import { showing } from './follow.ts';
import { stackInput } from './input.ts';
import type { Interruptible } from './interrupt.ts';
import { runOptions } from './options.ts';
import { type Origins, originsIn } from './origins.ts';
import { redeployed } from './redeploy.ts';
import { removedOrigins } from './reviewtext.ts';

export interface Planned {
  readonly wanted: Pick<Wanted, 'stackName' | 'template' | 'files' | 'dependsOn'> & Partial<Pick<Wanted, 'owner' | 'variables'>>;
  /** What has yet to be put into the bucket of an environment that is made meanwhile. */
  readonly late?: Wanted;
  readonly input: StackInput;
  readonly clients: Clients;
  readonly review: Review;
  readonly origins: Origins;
  /** What it would do; absent where it does nothing. */
  readonly effects?: StackReview;
  /** The template that the stack had before; empty where there was none. */
  readonly former: string;
}

/**
 * Reviews a stack. One that depends on another of `before` which is going to change cannot be reviewed yet: what that hands over is not
 * known. It is then bound to its input's hash alone.
 */
export async function planned(
  context: Context,
  connection: Connection,
  interrupt: Interruptible,
  asked: Wanted,
  before: readonly Planned[],
  given: Review | undefined,
): Promise<Planned | { readonly wrong: string }> {
  const changing = before.filter(({ review }) => review.kind !== 'unchanged').map(({ input }) => input.stackName);
  const deferred = (asked.dependsOn ?? []).some((name) => changing.includes(name));
  const has = await deployed(connection.clients, asked.stackName, runOptions(context, interrupt.signal));
  if ('stopped' in has) return { wrong: has.stopped.message };
  const wanted = redeployed(asked, has, context.values['force-redeploy'] ?? false);
  const made = await stackInput(context, wanted, connection, deferred);
  if ('wrong' in made) return made;
  if (!deferred && made.bucket) await uploaded(made.bucket, wanted);
  const input: StackInput = deferred ? { ...made.input, deferred } : made.input;
  const clients = made.bucket ? { ...connection.clients, bucket: made.bucket } : connection.clients;
  const found = await reviewed(context, clients, interrupt, { wanted, input, former: has.template }, given);
  return deferred ? { ...found, late: wanted } : found;
}

/** Of an input that is known: its review, made now or given. */
export async function reviewed(
  context: Context,
  clients: Clients,
  interrupt: Interruptible,
  made: Pick<Planned, 'wanted' | 'input' | 'former'>,
  given: Review | undefined,
): Promise<Planned> {
  const review = given ?? (await shown(context, clients, interrupt, made.input));
  const origins = { ...(await removedOrigins(clients.cloudFormation, review)), ...originsIn(made.wanted.template) };
  const effects = await effectsOf(context, review, { former: made.former, now: made.wanted.template });
  return { ...made, clients, review, origins, ...(effects && { effects }) };
}

/** What an execution is given of what was planned. */
export const executionOf = ({ input, wanted: { variables } }: Planned, options: ExecuteOptions): ExecuteOptions => ({
  ...options,
  input,
  ...(variables && { variables }),
});

/** Payloads are there before the machines that read them. */
export async function uploaded(bucket: EnvironmentBucket, { assets }: Wanted): Promise<void> {
  for (const { key, sha256, bytes } of assets) await bucket.asset(key, sha256, bytes);
}

async function shown(context: Context, clients: Clients, { signal }: Interruptible, input: StackInput): Promise<Review> {
  const { io, values } = context;
  if (!values.quiet && values.progress !== 'json') io.stderr.write(`Reviewing ${input.stackName} …\n`);
  const display = showing(context, {});
  const loud = (level: string) => values.progress === 'json' || level === 'warn' || level === 'error';
  const made = await making(clients, input, {
    ...runOptions(context, signal),
    onEvent: (event) => loud(event.level) && display.add(event),
  });
  display.end();
  return made;
}
