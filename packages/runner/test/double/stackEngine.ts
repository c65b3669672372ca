// The operations of CloudFormation on a stack: steps on the virtual clock.

import {
  changesBetween,
  type FakeAccount,
  type FakeChangeSet,
  type FakeResource,
  type FakeStack,
  type JournalEntry,
  partsIn,
  recordStackEvent,
} from './fakeAccount.ts';
import { type Part, type Parts, partsOf } from './template.ts';

type Step = () => void;

const stepMs = (part: Part): number => part.ms ?? 4_000;
const failureReasonOf = (part: Part | undefined): string => part?.why ?? plantedReason;
const failsOn = (part: Part, how: 'create' | 'update' | 'rollback' | 'delete'): boolean =>
  part.fails?.includes(how) ?? false;

/** The reason of a failed resource; this text must stay on the user's screen. */
export const plantedReason = 'Service limit exceeded: planted root cause';

interface Timeline {
  /** Plans the next step; steps of one operation follow each other. */
  next(delay: number, step: Step): void;
  /** Discards the planned steps and continues with others. */
  instead(): Timeline;
}

function newTimeline(it: FakeAccount, stack: FakeStack): Timeline {
  const number = ++stack.operation;
  let at = 0;
  return {
    next(delay, step) {
      at += delay;
      it.clock.after(at, () => {
        if (stack.operation === number) step();
      });
    },
    instead: () => newTimeline(it, stack),
  };
}

function recordFact(it: FakeAccount, entry: JournalEntry): void {
  it.journal.push(entry);
}

function endOperation(it: FakeAccount, stack: FakeStack, status: string, reason?: string): void {
  recordStackEvent(it, stack, status, undefined, reason);
  delete stack.cancel;
  recordFact(it, {
    kind: 'ended',
    at: it.clock.now(),
    stackId: stack.stackId,
    status,
    token: stack.token,
    template: stack.template,
  });
}

function addResource(it: FakeAccount, stack: FakeStack, id: string, part: Part): FakeResource {
  const resource: FakeResource = {
    logicalId: id,
    type: part.type,
    physicalId: `${id.toLowerCase()}-${++it.serial}`,
    status: 'CREATE_IN_PROGRESS',
    part,
  };
  stack.resources.set(id, resource);
  return resource;
}

function destroyResource(
  it: FakeAccount,
  stack: FakeStack,
  resource: FakeResource,
  why: 'update' | 'rollback' | 'delete',
): void {
  recordFact(it, {
    kind: 'destroyed',
    at: it.clock.now(),
    stackId: stack.stackId,
    logicalId: resource.logicalId,
    type: resource.type,
    why,
  });
}

const isRetained = (part: Part, fresh: boolean): boolean =>
  part.policy === 'Retain' || (part.policy === 'RetainExceptOnCreate' && !fresh);

export function runCreate(
  it: FakeAccount,
  stack: FakeStack,
  changeSet: FakeChangeSet,
  token: string,
  keepFailed: boolean,
): void {
  stack.token = token;
  stack.template = changeSet.template;
  const steps = newTimeline(it, stack);
  recordStackEvent(it, stack, 'CREATE_IN_PROGRESS', undefined, 'User Initiated');
  const all = Object.entries(partsIn(stack));
  const made: FakeResource[] = [];
  const bad = all.findIndex(([, part]) => failsOn(part, 'create'));
  all.forEach(([id, part], index) => {
    if (bad >= 0 && index > bad + 1) return;
    steps.next(bad >= 0 && index === bad + 1 ? 0 : 200, () => {
      const resource = addResource(it, stack, id, part);
      made.push(resource);
      recordStackEvent(it, stack, 'CREATE_IN_PROGRESS', resource);
    });
    if (bad < 0 || index < bad)
      steps.next(stepMs(part), () => recordStackEvent(it, stack, 'CREATE_COMPLETE', stack.resources.get(id)));
  });
  if (bad < 0) {
    steps.next(300, () => {
      changeSet.execution = 'EXECUTE_COMPLETE';
      endOperation(it, stack, 'CREATE_COMPLETE');
    });
    return;
  }
  const [badId = '', badPart] = all[bad] ?? [];
  const victim = all[bad + 1]?.[0];
  steps.next(stepMs(badPart as Part), () =>
    recordStackEvent(it, stack, 'CREATE_FAILED', stack.resources.get(badId), failureReasonOf(badPart)),
  );
  steps.next(
    10,
    () =>
      victim &&
      recordStackEvent(it, stack, 'CREATE_FAILED', stack.resources.get(victim), 'Resource creation cancelled'),
  );
  steps.next(100, () => {
    changeSet.execution = 'EXECUTE_FAILED';
    if (keepFailed)
      return endOperation(it, stack, 'CREATE_FAILED', `The following resource(s) failed to create: [${badId}].`);
    recordStackEvent(
      it,
      stack,
      'ROLLBACK_IN_PROGRESS',
      undefined,
      `The following resource(s) failed to create: [${badId}]. Rollback requested by user.`,
    );
    deleteResources(it, stack, [...made].reverse(), 'rollback', [], 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED');
  });
}

function deleteResources(
  it: FakeAccount,
  stack: FakeStack,
  doomed: readonly FakeResource[],
  why: 'rollback' | 'delete',
  retain: readonly string[],
  good: string,
  bad: string,
): void {
  const steps = newTimeline(it, stack);
  const stuck: string[] = [];
  for (const resource of doomed) {
    if (retain.includes(resource.logicalId) || isRetained(resource.part, why === 'rollback')) {
      steps.next(50, () => recordStackEvent(it, stack, 'DELETE_SKIPPED', resource));
      continue;
    }
    steps.next(50, () => recordStackEvent(it, stack, 'DELETE_IN_PROGRESS', resource));
    if (failsOn(resource.part, why)) {
      steps.next(stepMs(resource.part), () =>
        recordStackEvent(it, stack, 'DELETE_FAILED', resource, failureReasonOf(resource.part)),
      );
      stuck.push(resource.logicalId);
      continue;
    }
    steps.next(stepMs(resource.part), () => {
      destroyResource(it, stack, resource, why);
      recordStackEvent(it, stack, 'DELETE_COMPLETE', resource);
    });
  }
  steps.next(200, () =>
    stuck.length > 0
      ? endOperation(it, stack, bad, `The following resource(s) failed to delete: [${stuck.join(', ')}].`)
      : endOperation(it, stack, good),
  );
}

export function runDelete(it: FakeAccount, stack: FakeStack, token: string, retain: readonly string[]): void {
  stack.token = token;
  stack.operation++;
  recordStackEvent(it, stack, 'DELETE_IN_PROGRESS', undefined, 'User Initiated');
  const doomed = [...stack.resources.values()]
    .filter((each) => !['DELETE_COMPLETE', 'DELETE_SKIPPED'].includes(each.status))
    .reverse();
  deleteResources(it, stack, doomed, 'delete', retain, 'DELETE_COMPLETE', 'DELETE_FAILED');
}

export function runUpdate(it: FakeAccount, stack: FakeStack, changeSet: FakeChangeSet, token: string): void {
  stack.token = token;
  const from = stack.template;
  const old = new Map([...stack.resources].map(([id, each]) => [id, { ...each }]));
  const target = partsOf(changeSet.template);
  const changes = changesBetween(partsOf(from), target);
  const steps = newTimeline(it, stack);
  recordStackEvent(it, stack, 'UPDATE_IN_PROGRESS', undefined, 'User Initiated');
  stack.cancel = (by) => {
    changeSet.execution = 'EXECUTE_FAILED';
    rollBackUpdate(it, stack, from, old, target, by);
  };
  const bad = changes.findIndex((change) => failsOn(target[change.LogicalResourceId ?? ''] ?? { type: '' }, 'update'));
  changes.forEach((change, index) => {
    const id = change.LogicalResourceId ?? '';
    const part = target[id];
    if (!part || (bad >= 0 && index > bad)) return;
    const anew = change.Action === 'Add' || change.Replacement === 'True';
    const verb = anew && !old.has(id) ? 'CREATE' : 'UPDATE';
    steps.next(200, () =>
      recordStackEvent(
        it,
        stack,
        `${verb}_IN_PROGRESS`,
        anew ? addResource(it, stack, id, part) : stack.resources.get(id),
      ),
    );
    if (index === bad)
      steps.next(stepMs(part), () =>
        recordStackEvent(it, stack, `${verb}_FAILED`, stack.resources.get(id), failureReasonOf(part)),
      );
    else
      steps.next(stepMs(part), () => {
        const resource = stack.resources.get(id);
        if (resource) resource.part = part;
        recordStackEvent(it, stack, `${verb}_COMPLETE`, resource);
      });
  });
  if (bad >= 0) {
    const victim = [...stack.resources.values()].find((each) => each.logicalId !== changes[bad]?.LogicalResourceId);
    steps.next(10, () => victim && recordStackEvent(it, stack, 'UPDATE_FAILED', victim, 'Resource update cancelled'));
    steps.next(100, () => {
      changeSet.execution = 'EXECUTE_FAILED';
      rollBackUpdate(it, stack, from, old, target, token);
    });
    return;
  }
  steps.next(100, () => {
    delete stack.cancel;
    stack.template = changeSet.template;
    recordStackEvent(it, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  });
  for (const change of changes.filter((each) => each.Action === 'Remove' || each.Replacement === 'True')) {
    const gone = old.get(change.LogicalResourceId ?? '');
    if (!gone) continue;
    steps.next(stepMs(gone.part), () => {
      if (change.Action === 'Remove') stack.resources.delete(gone.logicalId);
      if (!isRetained(gone.part, false)) destroyResource(it, stack, gone, 'update');
    });
  }
  steps.next(200, () => {
    changeSet.execution = 'EXECUTE_COMPLETE';
    endOperation(it, stack, 'UPDATE_COMPLETE');
  });
}

function rollBackUpdate(
  it: FakeAccount,
  stack: FakeStack,
  from: string,
  old: ReadonlyMap<string, FakeResource>,
  target: Parts,
  token: string,
): void {
  const steps = newTimeline(it, stack);
  delete stack.cancel;
  stack.token = token;
  recordStackEvent(it, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', undefined, 'The following resource(s) failed to update.');
  restoreResources(it, stack, steps, from, old, target, []);
}

function restoreResources(
  it: FakeAccount,
  stack: FakeStack,
  steps: Timeline,
  from: string,
  old: ReadonlyMap<string, FakeResource>,
  target: Parts,
  skip: readonly string[],
): void {
  const stuck = Object.entries(target).find(
    ([id, part]) => failsOn(part, 'rollback') && old.has(id) && !skip.includes(id),
  );
  if (stuck) {
    steps.next(stepMs(stuck[1]), () =>
      recordStackEvent(it, stack, 'UPDATE_FAILED', stack.resources.get(stuck[0]), failureReasonOf(stuck[1])),
    );
    steps.next(100, () => {
      stack.resume = (skipped, token) => {
        stack.token = token;
        const again = newTimeline(it, stack);
        recordStackEvent(it, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', undefined, 'User Initiated');
        restoreResources(it, stack, again, from, old, target, skipped);
      };
      endOperation(it, stack, 'UPDATE_ROLLBACK_FAILED', `The following resource(s) failed to update: [${stuck[0]}].`);
    });
    return;
  }
  steps.next(4_000, () => {
    delete stack.resume;
    stack.template = from;
    stack.resources.clear();
    for (const [id, each] of old) stack.resources.set(id, { ...each, status: 'UPDATE_COMPLETE' });
    recordStackEvent(it, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  });
  steps.next(500, () => endOperation(it, stack, 'UPDATE_ROLLBACK_COMPLETE'));
}
