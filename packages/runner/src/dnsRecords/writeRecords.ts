// Writes a stack's names into a zone of another account, which its template cannot do. Each step can be repeated.

import { backoffMs } from '@i2kit/aws';
import type { RunEvent } from '../events/catalog.ts';
import type { DnsRecordSet, HostedZonePort } from '../ports/route53.ts';
import { type AccountRegion, assertAccountRegion } from '../run/accountRegion.ts';
import { callAtMostOnce, callFailure, pauseRun, readWithRetry, reportAndBackOff } from '../run/calls.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import {
  catchStop,
  type Run,
  type RunGenerator,
  type RunOptions,
  RunStopped,
  refusalOf,
  resultOf,
  runEvent,
  runToResult,
  runToValue,
  startRun,
} from '../run/run.ts';
import { type AliasTargets, type DnsRecordsPlan, dnsRecordsPlan, recordOwnerOf } from './plan.ts';

export interface DnsRecordsInput {
  readonly stackName: string;
  readonly zone: HostedZonePort;
  /** The names that the zone should hold for this stack; an empty list removes all of them. */
  readonly aliases: AliasTargets;
  readonly expect?: Partial<AccountRegion>;
}

/**
 * Makes the zone hold exactly these names for the stack. Other records are not touched, and a name of another owner
 * is refused. Each batch is applied completely or not at all, so the next run repairs a killed one.
 *
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
export async function* writeDnsRecords(
  clients: Clients,
  input: DnsRecordsInput,
  options: RunOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = startRun(clients, input.stackName, options, `i2kit apply ${input.stackName}`);
  yield* runToResult(run, runWithRetryHint(run, input, applyDnsRecords(run, input)));
}

/** The changes that `writeNames` would make. Read-only. Throws `RunStopped` if the zone cannot be read. */
export async function reviewDnsRecords(
  clients: Clients,
  input: DnsRecordsInput,
  options: RunOptions = {},
): Promise<DnsRecordsPlan> {
  const run = startRun(clients, input.stackName, options, `i2kit apply ${input.stackName}`);
  async function* steps(): RunGenerator<DnsRecordsPlan> {
    const { account } = yield* assertAccountRegion(run, input.expect ?? {});
    const owner = recordOwnerOf(account, clients.region, input.stackName);
    return dnsRecordsPlan(yield* listZoneRecords(run, input.zone), input.aliases, owner);
  }
  const made = await runToValue(steps());
  if (made.ok) return made.value;
  throw new RunStopped(made.problems[0]);
}

async function* applyDnsRecords(run: Run, input: DnsRecordsInput): RunGenerator<Result> {
  const { zone, aliases, stackName } = input;
  const { account } = yield* assertAccountRegion(run, input.expect ?? {});
  const owner = recordOwnerOf(account, run.clients.region, stackName);
  for (let tries = 0; ; tries++) {
    const plan = dnsRecordsPlan(yield* listZoneRecords(run, zone), aliases, owner);
    const [taken] = plan.taken;
    if (taken) throw new RunStopped(takenNamesRefusal(run, zone, plan));
    if (plan.changes.length === 0) {
      if (tries === 0) return resultOf(run, 'unchanged', `The names of ${stackName} in ${zone.name} are up to date.`);
      return resultOf(run, 'succeeded', `The names of ${stackName} in ${zone.name} are written.`);
    }
    const answer = yield* callAtMostOnce(run, 'ChangeResourceRecordSets', () => zone.change(plan.changes));
    if (answer.ok) {
      const { create, update, remove } = plan;
      yield runEvent(run, 'I2K881', `${zone.name}: ${dnsRecordsText(plan)}.`, {
        zone: zone.id,
        create,
        update,
        remove,
      });
      yield* waitUntilInSync(run, zone, answer.value);
      return resultOf(run, 'succeeded', `The names of ${stackName} in ${zone.name} are written.`);
    }
    // Another run was faster, or the response was lost: read the zone again and plan the rest.
    const moved =
      answer.problems[0].kind === 'refused' && answer.problems[0].name === 'InvalidChangeBatch' && tries < 5;
    if (answer.problems[0].kind !== 'transient' && !moved)
      throw callFailure(run, 'ChangeResourceRecordSets', answer.problems[0]);
    yield* reportAndBackOff(run, 'ChangeResourceRecordSets', answer.problems[0], tries);
  }
}

async function* listZoneRecords(run: Run, zone: HostedZonePort): RunGenerator<readonly DnsRecordSet[]> {
  const all: DnsRecordSet[] = [];
  let from: Parameters<HostedZonePort['list']>[0];
  do {
    const at = from;
    const answer = yield* readWithRetry(run, 'ListResourceRecordSets', (options) => zone.list(at, options));
    if (!answer.ok) throw callFailure(run, 'ListResourceRecordSets', answer.problems[0]);
    all.push(...answer.value.records);
    from = answer.value.next;
  } while (from);
  return all;
}

/**
 * Waits until every name server is in sync. Without the rights or the time to check, the accepted change counts as
 * done.
 */
async function* waitUntilInSync(run: Run, zone: HostedZonePort, changeId: string): RunGenerator<void> {
  for (let look = 0; ; look++) {
    const answer = yield* readWithRetry(run, 'GetChange', (options) => zone.status(changeId, options));
    if (!answer.ok || answer.value === 'INSYNC') return;
    await pauseRun(run, backoffMs(look, run.clients.random, 5_000));
  }
}

export const dnsRecordsText = ({ create, update, remove }: DnsRecordsPlan): string =>
  [
    ...create.map((name) => `${name} created`),
    ...update.map((name) => `${name} changed`),
    ...remove.map((name) => `${name} removed`),
  ].join(', ');

const takenNamesRefusal = (run: Run, zone: HostedZonePort, { taken }: DnsRecordsPlan): Result =>
  refusalOf(
    run,
    'taken',
    `${taken.map(({ name, by }) => `${name} belongs to another owner (${by})`).join('; ')}. No name of ${run.stackName} was written in ${zone.name}.`,
    { hint: 'Remove that record, or give the Service another name.' },
  );

/** The stack is complete, but its names may not be: the result says so. */
async function* runWithRetryHint(
  run: Run,
  { zone, stackName }: DnsRecordsInput,
  steps: RunGenerator<Result>,
): RunGenerator<Result> {
  const result = yield* catchStop(steps);
  if (!['failed', 'running', 'interrupted'].includes(result.outcome)) return result;
  const why = result.message.replace(/ Nothing was started\.$/, '').replace(/\.$/, '');
  return {
    ...result,
    message: `${why}. The names of ${stackName} in ${zone.name} may not have been written.`,
    hint: `Run it again: ${run.command}`,
  };
}
