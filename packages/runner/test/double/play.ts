// Plays a scenario with a fault at one of its calls, and records everything needed to judge it.
import { type Clients, classifyError, type Result, type RunEvent } from '../../src/index.ts';
import { type VirtualClock, virtualClock } from './clock.ts';
import { type FakeAccount, type FakeStack, findStack, type JournalEntry, newFakeAccount } from './fakeAccount.ts';
import { fakeBucket, fakeObjects } from './fakeBucket.ts';
import { fakeCloudFormation } from './fakeCloudFormation.ts';
import { fakeMachines, isServing } from './fakeFleet.ts';
import type { FaultRow } from './faultHook.ts';
import type { Runner, Scenario } from './scenarios.ts';
import { leaseHolder, stackName } from './scenarios.ts';

export interface RecordedCall {
  readonly run: string;
  readonly api: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly journalAt: number;
  /** An error was returned; `lost`: one that leaves the effect open. */
  failed: boolean;
  lost: boolean;
}

/** One process: from its start to its result, or to its kill. */
export interface PlayedRun {
  readonly name: string;
  readonly result: Result | undefined;
  readonly events: readonly RunEvent[];
  /** The journal's length at its start and at its end. */
  readonly from: number;
  readonly to: number;
  /** The true state of the stack by name when the run ended. */
  readonly stack: FakeStack | undefined;
  /** Every machine was in service and healthy when the run ended. */
  readonly serves: boolean;
  /** A thrown error: a bug. */
  readonly thrown?: unknown;
}

export interface Play {
  readonly it: FakeAccount;
  readonly runs: readonly PlayedRun[];
  readonly calls: readonly RecordedCall[];
  readonly pauses: readonly number[];
  /** True if an operation of the run had started, and ended, when the fault struck. */
  readonly begun: boolean;
  readonly over: boolean;
  readonly aim: string;
  readonly journal: readonly JournalEntry[];
  /** Number of calls made after the caller's own lease had expired. */
  readonly lapses: number;
}

const seededRandom = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
  return seed / 2 ** 32;
};

/** Clones changing data: a later step must not rewrite history. */
const snapshot = (stack: FakeStack | undefined): FakeStack | undefined =>
  stack && { ...stack, resources: new Map(stack.resources) };

/** A lease of this run that was not renewed in time, without a fault. */
function hasLapsedLease(it: FakeAccount, faulty: boolean): boolean {
  const leases = [...it.bucket.values()].map((text) => JSON.parse(text) as { holder: string; until: number });
  return !faulty && leases.some(({ holder, until }) => holder === leaseHolder && until < it.clock.now());
}

export async function playScenario(runner: Runner, scenario: Scenario, row?: FaultRow, target = -1): Promise<Play> {
  const clock: VirtualClock = virtualClock();
  const it = newFakeAccount(clock);
  await scenario.prepare(it);
  row?.begin?.(it);
  const calls: RecordedCall[] = [];
  const pauses: number[] = [];
  const random = seededRandom(7);
  const last = new Map<string, unknown>();
  const start = it.journal.length;
  const state = {
    active: false,
    since: 0,
    struckAt: 0,
    aim: '',
    begun: false,
    over: false,
    refreshed: false,
    lapses: 0,
  };

  const clientsOf = (
    run: string,
    control: { readonly abort: AbortController; kill(): void },
    faulty: boolean,
  ): Clients => {
    const call = async (api: string, given: unknown, effect: () => Promise<unknown>): Promise<unknown> => {
      it.caller = run;
      clock.pass(40);
      if (hasLapsedLease(it, state.active)) state.lapses++;
      const record: RecordedCall = {
        run,
        api,
        input: given as RecordedCall['input'],
        journalAt: it.journal.length,
        failed: false,
        lost: false,
      };
      const index = calls.push(record) - 1;
      const key = `${api}${JSON.stringify(given)}`;
      const ours = it.journal.slice(start);
      if (faulty && row && index === target) {
        const began = ours.some((fact) => 'by' in fact && fact.by === run);
        Object.assign(state, { active: true, struckAt: clock.now(), aim: api, begun: began });
        const ended = state.begun && ours.findLast((fact) => fact.kind !== 'destroyed')?.kind === 'ended';
        // Diagnostics are read when the outcome is already decided.
        state.over = ended || api === 'group';
      }
      try {
        if (!(faulty && row && state.active)) return await effect();
        const since = state.since++;
        return await row.how({
          api,
          since,
          elapsed: clock.now() - state.struckAt,
          aim: state.aim,
          it,
          effect,
          last: last.get(key),
          interrupt: () => control.abort.abort(),
          kill: control.kill,
          refreshed: state.refreshed,
        });
      } catch (error) {
        record.failed = true;
        record.lost = classifyError(error)?.kind === 'transient';
        throw error;
      }
    };
    const api = fakeCloudFormation(it);
    const remembered = async (name: string, given: unknown, effect: () => Promise<unknown>) => {
      const answer = await call(name, given, effect);
      last.set(`${name}${JSON.stringify(given)}`, answer);
      return answer;
    };
    const wrapped = <P extends object>(port: P): P =>
      Object.fromEntries(
        Object.entries(port).map(([name, method]) => [
          name,
          (given: never) => remembered(name, given, () => (method as (input: never) => Promise<unknown>)(given)),
        ]),
      ) as P;
    return {
      region: 'eu-west-1',
      cloudFormation: wrapped(api),
      ...(scenario.leased ? { bucket: { ...fakeBucket(it.bucket), ...wrapped(fakeObjects(it.bucket)) } } : {}),
      ...(it.fleet ? { machines: wrapped(fakeMachines(it)) } : {}),
      identity: {
        getCallerIdentity: () =>
          remembered('getCallerIdentity', {}, async () => ({ Account: it.account })) as Promise<{ Account: string }>,
      },
      clock: {
        now: clock.now,
        sleep: (ms, signal) => {
          pauses.push(ms);
          return clock.sleep(ms, signal);
        },
      },
      random,
      ...(row?.refreshes
        ? {
            refreshCredentials: async () => {
              state.refreshed = true;
              return true;
            },
          }
        : {}),
    };
  };

  const run = async (name: string, faulty: boolean): Promise<PlayedRun> => {
    const from = it.journal.length;
    const abort = new AbortController();
    const events: RunEvent[] = [];
    let kill = (): void => {};
    const killed = new Promise<'killed'>((resolve) => {
      kill = () => resolve('killed');
    });
    const clients = clientsOf(name, { abort, kill: () => kill() }, faulty);
    let thrown: unknown;
    const consumed = (async () => {
      const options = {
        signal: abort.signal,
        timeoutMs: 1_200_000,
        ...(row?.cancels ? { cancelOnInterrupt: true } : {}),
      };
      for await (const event of scenario.go(runner, clients, options)) events.push(event);
    })().catch((error: unknown) => {
      thrown = error ?? 'nothing';
    });
    const how = await Promise.race([consumed, killed]);
    const ends = events.filter((event) => event.level === 'result');
    const result =
      how === 'killed' || ends.length !== 1 || events.at(-1) !== ends[0] ? undefined : (ends[0]?.data as Result);
    return {
      name,
      result,
      events,
      from,
      to: it.journal.length,
      serves: isServing(it),
      stack: snapshot(findStack(it, result?.stackId ?? stackName)),
      ...(thrown === undefined ? {} : { thrown }),
    };
  };

  const runs = [await run('first', true)];
  if (row?.rerunAfterMs !== undefined && state.active) {
    if (row.rerunAfterMs > 0) await clock.sleep(row.rerunAfterMs);
    runs.push(await run('second', false));
  }
  // The account comes to rest; then the same command runs once more.
  await clock.sleep(7_200_000);
  runs.push(await run('last', false));
  return {
    it,
    runs,
    calls,
    pauses,
    begun: state.begun,
    over: state.over,
    aim: state.aim,
    journal: it.journal.slice(start),
    lapses: state.lapses,
  };
}
