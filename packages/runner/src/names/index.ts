// Names in a zone of another account, which no stack of this one can make: looked at, written and removed, each as often as one likes.
import { again, attempt, backoff, giveUp, pause, read } from '../call.ts';
import type { Clients } from '../clients.ts';
import type { RunEvent } from '../events/catalog.ts';
import { assertPlace, type Place } from '../identity.ts';
import type { RecordSet, ZonePort } from '../ports/zone.ts';
import type { Result } from '../result.ts';
import { begin, caught, conclude, ending, type Run, type RunOptions, refuse, type Steps, say, stop } from '../run.ts';
import { type Aliases, type NamesPlan, namesPlan, ownerOf } from './plan.ts';

export interface NamesInput {
  readonly stackName: string;
  readonly zone: ZonePort;
  /** What the zone is to hold for this stack; empty removes all that it has. */
  readonly aliases: Aliases;
  readonly expect?: Partial<Place>;
}

/**
 * Makes the zone hold exactly these names for the stack; its other records are left alone, and a name that another has is
 * refused. Each batch is taken whole or not at all, so that a run that was killed anywhere is made good by the next.
 *
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
export async function* writeNames(clients: Clients, input: NamesInput, options: RunOptions = {}): AsyncGenerator<RunEvent, void, void> {
  const run = begin(clients, input.stackName, options, `i2kit apply ${input.stackName}`);
  yield* ending(run, told(run, input, written(run, input)));
}

/** What `writeNames` would do; reads alone. Throws a fault of the service as it is. */
export async function reviewNames(clients: Clients, input: NamesInput, options: RunOptions = {}): Promise<NamesPlan> {
  const run = begin(clients, input.stackName, options, `i2kit apply ${input.stackName}`);
  let plan: NamesPlan | undefined;
  async function* inner(): Steps<Result> {
    const { account } = yield* assertPlace(run, input.expect ?? {});
    plan = namesPlan(yield* recordsIn(run, input.zone), input.aliases, ownerOf(account, clients.region, input.stackName));
    return conclude(run, 'unchanged', '');
  }
  const steps = caught(inner());
  for (;;) {
    const step = await steps.next();
    if (!step.done) continue;
    if (plan) return plan;
    throw Object.assign(new Error(step.value.message), { name: step.value.reason ?? 'names', $fault: 'client' });
  }
}

async function* written(run: Run, input: NamesInput): Steps<Result> {
  const { zone, aliases, stackName } = input;
  const { account } = yield* assertPlace(run, input.expect ?? {});
  const owner = ownerOf(account, run.clients.region, stackName);
  for (let tries = 0; ; tries++) {
    const plan = namesPlan(yield* recordsIn(run, zone), aliases, owner);
    const [taken] = plan.taken;
    if (taken) throw stop(refusal(run, zone, plan));
    if (plan.changes.length === 0) {
      if (tries === 0) return conclude(run, 'unchanged', `The names of ${stackName} in ${zone.name} are as they should be.`);
      return conclude(run, 'succeeded', `The names of ${stackName} in ${zone.name} are written.`);
    }
    const answer = yield* attempt(run, 'ChangeResourceRecordSets', () => zone.change(plan.changes));
    if (answer.ok) {
      const { create, update, remove } = plan;
      yield say(run, 'I2K881', `${zone.name}: ${inWords(plan)}.`, { zone: zone.id, create, update, remove });
      yield* inSync(run, zone, answer.value);
      return conclude(run, 'succeeded', `The names of ${stackName} in ${zone.name} are written.`);
    }
    // Someone was faster, or an answer was lost: what is there now decides what is still to be done.
    const moved = answer.fault.kind === 'refused' && answer.fault.name === 'InvalidChangeBatch' && tries < 5;
    if (answer.fault.kind !== 'transient' && !moved) throw giveUp(run, 'ChangeResourceRecordSets', answer.fault);
    yield* again(run, 'ChangeResourceRecordSets', answer.fault, tries);
  }
}

async function* recordsIn(run: Run, zone: ZonePort): Steps<readonly RecordSet[]> {
  const all: RecordSet[] = [];
  let from: Parameters<ZonePort['list']>[0];
  do {
    const at = from;
    const answer = yield* read(run, 'ListResourceRecordSets', (options) => zone.list(at, options));
    if (!answer.ok) throw giveUp(run, 'ListResourceRecordSets', answer.fault);
    all.push(...answer.value.records);
    from = answer.value.next;
  } while (from);
  return all;
}

/** Until every name server answers so; who may not look, or has no time left, knows that it was taken all the same. */
async function* inSync(run: Run, zone: ZonePort, changeId: string): Steps<void> {
  for (let look = 0; ; look++) {
    const answer = yield* read(run, 'GetChange', (options) => zone.status(changeId, options));
    if (!answer.ok || answer.value === 'INSYNC') return;
    await pause(run, backoff(look, run.clients.random, 5_000));
  }
}

export const inWords = ({ create, update, remove }: NamesPlan): string =>
  [...create.map((name) => `${name} created`), ...update.map((name) => `${name} changed`), ...remove.map((name) => `${name} removed`)].join(
    ', ',
  );

const refusal = (run: Run, zone: ZonePort, { taken }: NamesPlan): Result =>
  refuse(
    run,
    'taken',
    `${taken.map(({ name, by }) => `${name} is another's (${by})`).join('; ')}. No name of ${run.stackName} was written in ${zone.name}.`,
    { hint: 'Remove that record, or give the Service another name.' },
  );

/** What stops it is told as what it is: the stack is done, and its names may not be. */
async function* told(run: Run, { zone, stackName }: NamesInput, steps: Steps<Result>): Steps<Result> {
  const result = yield* caught(steps);
  if (!['failed', 'running', 'interrupted'].includes(result.outcome)) return result;
  const why = result.message.replace(/ Nothing was started\.$/, '').replace(/\.$/, '');
  return {
    ...result,
    message: `${why}. The names of ${stackName} in ${zone.name} may not be written.`,
    hint: `Run it again: ${run.command}`,
  };
}
