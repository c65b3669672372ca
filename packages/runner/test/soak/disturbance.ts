// The clients of one process in the double, with one fault at one of its calls.
import type { Clients } from '../../src/index.ts';
import type { FakeAccount } from '../double/fakeAccount.ts';
import { fakeBucket, fakeObjects } from '../double/fakeBucket.ts';
import { fakeCloudFormation } from '../double/fakeCloudFormation.ts';
import type { FaultRow } from '../double/faultHook.ts';

export interface Disturbance {
  readonly row: FaultRow;
  /** Index of the call that the fault begins at; a process with fewer calls is not disturbed. */
  readonly at: number;
}

export interface DisturbedProcess {
  readonly clients: Clients;
  readonly signal: AbortSignal;
  /** Resolves if the process is killed. */
  readonly killed: Promise<void>;
  /** Whether the fault struck. */
  readonly struck: () => boolean;
  readonly calls: () => number;
}

export function startProcess(
  it: FakeAccount,
  name: string,
  random: () => number,
  disturbance?: Disturbance,
): DisturbedProcess {
  const abort = new AbortController();
  let kill = (): void => {};
  const killed = new Promise<void>((resolve) => {
    kill = resolve;
  });
  const state = { calls: 0, struckAt: -1, aim: '', since: 0, refreshed: false };
  const last = new Map<string, unknown>();
  const call = async (api: string, given: unknown, effect: () => Promise<unknown>): Promise<unknown> => {
    it.caller = name;
    it.clock.pass(40);
    const key = `${api}${JSON.stringify(given)}`;
    const index = state.calls++;
    const mayStrike = disturbance && (disturbance.row.only?.includes(api) ?? true);
    if (mayStrike && state.struckAt < 0 && index >= disturbance.at) {
      state.struckAt = it.clock.now();
      state.aim = api;
    }
    const answer =
      disturbance && state.struckAt >= 0
        ? await disturbance.row.how({
            api,
            since: state.since++,
            elapsed: it.clock.now() - state.struckAt,
            aim: state.aim,
            it,
            effect,
            last: last.get(key),
            interrupt: () => abort.abort(),
            kill,
            refreshed: state.refreshed,
          })
        : await effect();
    last.set(key, answer);
    return answer;
  };
  const wrapped = <P extends object>(port: P): P =>
    Object.fromEntries(
      Object.entries(port).map(([api, method]) => [
        api,
        (given: never) => call(api, given, () => (method as (input: never) => Promise<unknown>)(given)),
      ]),
    ) as P;
  return {
    signal: abort.signal,
    killed,
    struck: () => state.struckAt >= 0,
    calls: () => state.calls,
    clients: {
      region: 'eu-west-1',
      cloudFormation: wrapped(fakeCloudFormation(it)),
      bucket: { ...fakeBucket(it.bucket), ...wrapped(fakeObjects(it.bucket)) },
      identity: {
        getCallerIdentity: () =>
          call('getCallerIdentity', {}, async () => ({ Account: it.account })) as Promise<{ Account: string }>,
      },
      clock: it.clock,
      random,
      ...(disturbance?.row.refreshes && {
        refreshCredentials: async () => {
          state.refreshed = true;
          return true;
        },
      }),
    },
  };
}
