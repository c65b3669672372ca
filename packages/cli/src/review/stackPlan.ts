// The plan of one stack: its input, its review, and how both are shown.
import { failure, type Outcome, type Problem, success } from '@i2kit/common';
import {
  type Clients,
  type EnvironmentBucket,
  type ExecuteOptions,
  exitCodeOf,
  reviewStack as making,
  type Review,
  readDeployedTemplate,
  type StackInput,
} from '@i2kit/runner';
import type { Connection } from '../aws/connection.ts';
import { eventRenderer } from '../aws/renderEvents.ts';
import { type ResourceOrigins, resourceOriginsIn } from '../aws/resourceOrigins.ts';
import { runOptions } from '../aws/runOptions.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit.ts';
import type { InterruptListener } from '../output/interrupt.ts';
import type { DesiredStack } from '../ports/aws.ts';
import type { StackReview } from '../ports/review.ts';
import { reviewEffects } from './guards.ts';
import { withForcedRedeploy } from './redeploy.ts';
import { resolveStackInput } from './stackInput.ts';
import { fetchRemovedOrigins } from './text.ts';

export interface StackPlan {
  readonly wanted: Pick<DesiredStack, 'stackName' | 'template' | 'files' | 'dependsOn'> &
    Partial<Pick<DesiredStack, 'owner' | 'variables' | 'assets'>>;
  /** Payloads that wait for the bucket of an environment created in the same run. */
  readonly late?: DesiredStack;
  readonly input: StackInput;
  readonly clients: Clients;
  readonly review: Review;
  readonly origins: ResourceOrigins;
  /** Its effects; absent if nothing changes. */
  readonly effects?: StackReview;
  /** The deployed template; empty if there is none. */
  readonly former: string;
}

/** Absent `exit`: the change is refused. */
export type PlanFailure = Problem & { readonly exit?: ExitCode };

/**
 * Reviews a stack. A stack that depends on a changing stack of `before` cannot be reviewed yet, because its
 * parameters are unknown: its plan is bound to the input's hash alone.
 */
export async function planStack(
  context: Context,
  connection: Connection,
  interrupt: InterruptListener,
  asked: DesiredStack,
  before: readonly StackPlan[],
  given: Review | undefined,
): Promise<Outcome<StackPlan, PlanFailure>> {
  const changing = before.filter(({ review }) => review.kind !== 'unchanged').map(({ input }) => input.stackName);
  const deferred = (asked.dependsOn ?? []).some((name) => changing.includes(name));
  const has = await readDeployedTemplate(connection.clients, asked.stackName, runOptions(context, interrupt.signal));
  if (!has.ok) {
    const [result] = has.problems;
    const { message, hint } = result;
    return failure({ message, ...(hint && { hint }), exit: exitCodeOf(result) });
  }
  const wanted = withForcedRedeploy(asked, has.value, context.values['force-redeploy'] ?? false);
  const resolved = await resolveStackInput(context, wanted, connection, deferred);
  if (!resolved.ok) return resolved;
  const made = resolved.value;
  if (!deferred && made.bucket) await uploadAssets(made.bucket, wanted);
  const input: StackInput = deferred ? { ...made.input, deferred } : made.input;
  const clients = made.bucket ? { ...connection.clients, bucket: made.bucket } : connection.clients;
  const found = await planReview(context, clients, interrupt, { wanted, input, former: has.value.template }, given);
  return success(deferred ? { ...found, late: wanted } : found);
}

/** Plans a stack whose input is known; its review is made now or given. */
export async function planReview(
  context: Context,
  clients: Clients,
  interrupt: InterruptListener,
  made: Pick<StackPlan, 'wanted' | 'input' | 'former'>,
  given: Review | undefined,
): Promise<StackPlan> {
  const review = given ?? (await reviewWithProgress(context, clients, interrupt, made.input));
  const origins = {
    ...(await fetchRemovedOrigins(clients.cloudFormation, review)),
    ...resourceOriginsIn(made.wanted.template),
  };
  const effects = await reviewEffects(context, review, {
    former: made.former,
    now: made.wanted.template,
    ...(clients.bucket && { bucket: clients.bucket }),
    ...(made.wanted.assets && { assets: made.wanted.assets }),
  });
  return { ...made, clients, review, origins, ...(effects && { effects }) };
}

/** The execution's arguments from the plan. */
export const executionOptions = (
  { input, wanted: { variables } }: StackPlan,
  options: ExecuteOptions,
): ExecuteOptions => ({
  ...options,
  input,
  ...(variables && { variables }),
});

/** Payloads are uploaded before the machines that read them start. */
export async function uploadAssets(bucket: EnvironmentBucket, { assets }: DesiredStack): Promise<void> {
  for (const { key, sha256, bytes } of assets) await bucket.putAsset(key, sha256, bytes);
}

async function reviewWithProgress(
  context: Context,
  clients: Clients,
  { signal }: InterruptListener,
  input: StackInput,
): Promise<Review> {
  const { io, values } = context;
  if (!values.quiet && values.progress !== 'json') io.stderr.write(`Reviewing ${input.stackName} …\n`);
  const display = eventRenderer(context, {});
  const loud = (level: string) => values.progress === 'json' || level === 'warn' || level === 'error';
  const made = await making(clients, input, {
    ...runOptions(context, signal),
    onEvent: (event) => loud(event.level) && display.add(event),
  });
  display.end();
  return made;
}
