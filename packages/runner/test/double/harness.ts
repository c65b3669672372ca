// A double without faults, for tests of single properties.
import { type Clients, isResult, type Result, type RunEvent } from '../../src/index.ts';
import { virtualClock } from './clock.ts';
import { type FakeAccount, newFakeAccount } from './fakeAccount.ts';
import { fakeCloudFormation } from './fakeCloudFormation.ts';

export interface Harness {
  readonly it: FakeAccount;
  readonly clients: Clients;
}

export function harness(more: Partial<Clients> = {}): Harness {
  const clock = virtualClock();
  const it = newFakeAccount(clock);
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  it.caller = 'run';
  return {
    it,
    clients: {
      region: 'eu-west-1',
      cloudFormation: fakeCloudFormation(it),
      identity: { getCallerIdentity: async () => ({ Account: it.account }) },
      clock,
      random,
      ...more,
    },
  };
}

export interface FinishedRun {
  readonly result: Result;
  readonly events: readonly RunEvent[];
}

export async function runToEnd(stream: AsyncIterable<RunEvent>): Promise<FinishedRun> {
  const events: RunEvent[] = [];
  for await (const event of stream) events.push(event);
  const last = events.at(-1);
  if (!last || !isResult(last)) throw new Error('the stream did not end in a result');
  return { result: last.data, events };
}
