// Faults in the account: other runs, and events or change sets that vanish.

import { findStack } from '../fakeAccount.ts';
import type { FaultRow } from '../faultHook.ts';
import { stackName } from '../scenarios.ts';
import { runDelete } from '../stackEngine.ts';
import { anyExitOf, sameAsWithoutFault } from './expect.ts';
import { executeTwinChangeSet, startForeignUpdate } from './intruders.ts';

export const accountFaults: readonly FaultRow[] = [
  {
    name: 'another run updates the stack',
    how: async (hook) => {
      if (hook.since === 0) await startForeignUpdate(hook);
      return hook.effect();
    },
    expect: anyExitOf(4),
    finally: ({ scenario }) => (scenario.name === 'recover' ? [0, 4] : [scenario.exit]),
  },
  {
    name: 'another run deletes the stack',
    how: async (hook) => {
      const stack = findStack(hook.it, stackName);
      if (hook.since === 0 && stack && !/^(UPDATE|UPDATE_ROLLBACK)_.*IN_PROGRESS$|^DELETE/.test(stack.status))
        runDelete(hook.it, stack, 'their-deletion', []);
      return hook.effect();
    },
    expect: (it) => (it.scenario.name === 'delete' ? sameAsWithoutFault(it) : { exits: [0, 3, 4] }),
    // Vanished resources are recreated, and failed ones fail again.
    finally: ({ scenario }) => (scenario.exit === 4 ? [0, 3, 4] : scenario.name === 'recover' ? [0, 4] : [0, 3]),
  },
  {
    name: 'another run executes the same input',
    how: async (hook) => {
      if (hook.since === 0) executeTwinChangeSet(hook);
      return hook.effect();
    },
    expect: anyExitOf(4),
    // The other run may have allowed a loss that this one did not.
    finally: ({ scenario }) => (scenario.exit === 4 ? [0, 4] : [scenario.exit]),
  },
  {
    name: 'someone removes the change set',
    how: async (hook) => {
      const { changeSets } = hook.it;
      if (hook.since === 0)
        changeSets.splice(0, changeSets.length, ...changeSets.filter((each) => each.execution.startsWith('EXECUTE_')));
      return hook.effect();
    },
    expect: anyExitOf(4),
  },
  {
    name: 'executed change sets vanish',
    how: async (hook) => {
      const { changeSets } = hook.it;
      changeSets.splice(0, changeSets.length, ...changeSets.filter((each) => !each.execution.startsWith('EXECUTE_')));
      return hook.effect();
    },
  },
  {
    name: 'someone cancels the update',
    how: async (hook) => {
      if (hook.since === 0) findStack(hook.it, stackName)?.cancel?.('their-cancellation');
      return hook.effect();
    },
    expect: (it) => ({ exits: it.scenario.name === 'update' ? [0, 3] : [it.scenario.exit] }),
  },
  {
    name: 'no event is ever seen',
    how: async (hook) => (hook.api === 'describeStackEvents' ? { StackEvents: [] } : hook.effect()),
    expect: ({ scenario }) => ({ exits: [scenario.exit] }),
  },
  {
    name: 'events come half a minute late',
    how: async (hook) => {
      const answer = (await hook.effect()) as { StackEvents?: { Timestamp: Date }[] };
      const { StackEvents } = answer;
      return StackEvents
        ? {
            ...answer,
            StackEvents: StackEvents.filter((each) => each.Timestamp.getTime() < hook.it.clock.now() - 30_000),
          }
        : answer;
    },
    expect: ({ scenario }) => ({ exits: [scenario.exit] }),
  },
  {
    name: 'the endpoint names no change set of a stack',
    how: async (hook) => {
      const answer = (await hook.effect()) as { Stacks?: { ChangeSetId?: string }[] };
      return answer.Stacks ? { ...answer, Stacks: answer.Stacks.map(({ ChangeSetId: _, ...each }) => each) } : answer;
    },
  },
  {
    name: 'other credentials, of another account',
    only: ['getCallerIdentity'],
    how: async (hook) => (hook.api === 'getCallerIdentity' ? { Account: '999999999999' } : hook.effect()),
    expect: () => ({ exits: [4], says: /999999999999, but 123456789012 is expected/ }),
  },
];
