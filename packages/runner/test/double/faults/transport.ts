// Faults of the connection to the service: errors, lost responses, credentials, stale responses.
import {
  accessDenied,
  clockSkew,
  connectionReset,
  connectionTimeout,
  expiredToken,
  hostNotFound,
  internalFailure,
  serviceUnavailable,
  throttlingError,
  tooManyRequests,
  unreadableAnswer,
} from '../errors.ts';
import { findStack } from '../fakeAccount.ts';
import type { FaultHook, FaultRow } from '../faultHook.ts';
import { stackName } from '../scenarios.ts';
import { cannotSee, sameAsWithoutFault, startingCalls } from './expect.ts';

const once = (error: () => Error) => async (hook: FaultHook) => {
  if (hook.since === 0) throw error();
  return hook.effect();
};
const times = (count: number, error: () => Error) => async (hook: FaultHook) => {
  if (hook.since < count) throw error();
  return hook.effect();
};
const afterEffect =
  (error: () => Error, ms = 0) =>
  async (hook: FaultHook) => {
    const answer = await hook.effect();
    if (hook.since > 0) return answer;
    if (ms > 0) await hook.it.clock.sleep(ms);
    throw error();
  };

const statusAt = new WeakMap<object, Map<string, unknown>>();

export const transportFaults: readonly FaultRow[] = [
  { name: 'throttled once', how: once(throttlingError) },
  { name: 'throttled twelve times', how: times(12, throttlingError) },
  { name: 'HTTP 429 five times', how: times(5, tooManyRequests) },
  { name: 'HTTP 500', how: once(internalFailure) },
  { name: 'HTTP 503 three times', how: times(3, serviceUnavailable) },
  { name: 'connection reset before the effect', how: once(connectionReset) },
  { name: 'connection reset after the effect', how: afterEffect(connectionReset) },
  {
    name: 'timeout before the effect',
    how: async (hook) =>
      hook.since === 0 ? hook.it.clock.sleep(60_000).then(() => Promise.reject(connectionTimeout())) : hook.effect(),
  },
  { name: 'timeout after the effect', how: afterEffect(connectionTimeout, 60_000) },
  { name: 'answer unreadable after the effect', how: afterEffect(unreadableAnswer) },
  { name: 'HTTP 500 after the effect', how: afterEffect(internalFailure) },
  {
    name: 'request sent twice by the network',
    how: async (hook) => (hook.since === 0 ? hook.effect().then(hook.effect) : hook.effect()),
  },
  {
    name: 'slow answer',
    how: async (hook) => (hook.since === 0 ? hook.it.clock.sleep(50_000).then(hook.effect) : hook.effect()),
  },
  {
    name: 'old answer',
    how: async (hook) => (hook.since === 0 && hook.last !== undefined ? hook.last : hook.effect()),
    expect: ({ scenario }) => ({ exits: [scenario.exit] }),
  },
  {
    name: 'old status for twenty seconds',
    only: startingCalls,
    how: async (hook) => {
      if (hook.api !== 'describeStacks') {
        if (hook.since === 0) {
          const seen = new Map<string, unknown>();
          for (const each of [stackName, ...hook.it.stacks.map((stack) => stack.stackId)]) {
            const stack = findStack(hook.it, each);
            if (stack)
              seen.set(each, {
                Stacks: [
                  {
                    StackId: stack.stackId,
                    StackName: stack.name,
                    StackStatus: stack.status,
                    ...(stack.changeSetId ? { ChangeSetId: stack.changeSetId } : {}),
                  },
                ],
              });
          }
          statusAt.set(hook.it, seen);
        }
        return hook.effect();
      }
      const [stack] = hook.it.stacks.slice(-1);
      return (hook.elapsed < 20_000 && statusAt.get(hook.it)?.get(stack?.stackId ?? '')) || hook.effect();
    },
  },
  {
    name: 'network gone for three minutes',
    how: async (hook) => (hook.elapsed < 180_000 ? Promise.reject(hostNotFound()) : hook.effect()),
  },
  {
    name: 'network gone for good',
    how: async () => Promise.reject(hostNotFound()),
    expect: cannotSee('Timed out'),
  },
  {
    name: 'credentials expired, newer ones found',
    refreshes: true,
    how: async (hook) => (hook.refreshed ? hook.effect() : Promise.reject(expiredToken())),
  },
  {
    name: 'credentials expired for good',
    how: async () => Promise.reject(expiredToken()),
    expect: cannotSee('have expired'),
  },
  {
    name: 'credentials expired for good, refreshed in vain',
    refreshes: true,
    how: async () => Promise.reject(expiredToken()),
    expect: cannotSee('have expired'),
  },
  {
    name: 'clock skew, corrected',
    refreshes: true,
    how: async (hook) => (hook.refreshed ? hook.effect() : Promise.reject(clockSkew())),
  },
  {
    name: 'access denied from here on',
    how: async (hook) => (hook.api === hook.aim ? Promise.reject(accessDenied(hook.api)) : hook.effect()),
    expect: (it) => {
      // The lease is optional.
      if (['deleteChangeSet', 'put', 'get', 'remove'].includes(it.aim)) return sameAsWithoutFault(it);
      // So are the rights to read machines, and the time that they may take.
      if (['sizes', 'targetHealth', 'group'].includes(it.aim)) return { exits: [0, it.scenario.exit] };
      if (it.aim === 'getTemplate' && it.scenario.name === 'no-op with sick machines') return sameAsWithoutFault(it);
      if (it.aim === 'describeStackEvents') return { exits: [it.scenario.exit] };
      if (it.over || it.aim === 'listStackResources') return { exits: [it.scenario.exit, 3, 5] };
      return it.begun ? { exits: [5], says: /no longer allow reading/ } : { exits: [3], says: /not authorized/ };
    },
  },
];
