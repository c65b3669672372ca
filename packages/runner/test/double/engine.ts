// What CloudFormation does to a stack once it has been told to: steps on the virtual clock.

import { type Part, type Parts, partsOf } from './template.ts';
import { type ChangeSet, diff, type Fact, partsIn, type Resource, type Stack, say, type World } from './world.ts';

type Step = () => void;

const ms = (part: Part): number => part.ms ?? 4_000;
const wordsOf = (part: Part | undefined): string => part?.why ?? culprit;
const fails = (part: Part, how: 'create' | 'update' | 'rollback' | 'delete'): boolean => part.fails?.includes(how) ?? false;

/** What a failed resource says; the text that must stay on the user's screen. */
export const culprit = 'Service limit exceeded: planted root cause';

interface Line {
  /** Plans the next step; steps of one operation follow each other. */
  next(delay: number, step: Step): void;
  /** Gives up what is planned and goes on with something else. */
  instead(): Line;
}

function line(it: World, stack: Stack): Line {
  const number = ++stack.operation;
  let at = 0;
  return {
    next(delay, step) {
      at += delay;
      it.clock.after(at, () => {
        if (stack.operation === number) step();
      });
    },
    instead: () => line(it, stack),
  };
}

function fact(it: World, entry: Fact): void {
  it.journal.push(entry);
}

function end(it: World, stack: Stack, status: string, reason?: string): void {
  say(it, stack, status, undefined, reason);
  delete stack.cancel;
  fact(it, { kind: 'ended', at: it.clock.now(), stackId: stack.stackId, status, token: stack.token, template: stack.template });
}

function make(it: World, stack: Stack, id: string, part: Part): Resource {
  const resource: Resource = {
    logicalId: id,
    type: part.type,
    physicalId: `${id.toLowerCase()}-${++it.serial}`,
    status: 'CREATE_IN_PROGRESS',
    part,
  };
  stack.resources.set(id, resource);
  return resource;
}

function lose(it: World, stack: Stack, resource: Resource, why: 'update' | 'rollback' | 'delete'): void {
  fact(it, { kind: 'destroyed', at: it.clock.now(), stackId: stack.stackId, logicalId: resource.logicalId, type: resource.type, why });
}

const retained = (part: Part, fresh: boolean): boolean => part.policy === 'Retain' || (part.policy === 'RetainExceptOnCreate' && !fresh);

export function create(it: World, stack: Stack, changeSet: ChangeSet, token: string, keepFailed: boolean): void {
  stack.token = token;
  stack.template = changeSet.template;
  const steps = line(it, stack);
  say(it, stack, 'CREATE_IN_PROGRESS', undefined, 'User Initiated');
  const all = Object.entries(partsIn(stack));
  const made: Resource[] = [];
  const bad = all.findIndex(([, part]) => fails(part, 'create'));
  all.forEach(([id, part], index) => {
    if (bad >= 0 && index > bad + 1) return;
    steps.next(bad >= 0 && index === bad + 1 ? 0 : 200, () => {
      const resource = make(it, stack, id, part);
      made.push(resource);
      say(it, stack, 'CREATE_IN_PROGRESS', resource);
    });
    if (bad < 0 || index < bad) steps.next(ms(part), () => say(it, stack, 'CREATE_COMPLETE', stack.resources.get(id)));
  });
  if (bad < 0) {
    steps.next(300, () => {
      changeSet.execution = 'EXECUTE_COMPLETE';
      end(it, stack, 'CREATE_COMPLETE');
    });
    return;
  }
  const [badId = '', badPart] = all[bad] ?? [];
  const victim = all[bad + 1]?.[0];
  steps.next(ms(badPart as Part), () => say(it, stack, 'CREATE_FAILED', stack.resources.get(badId), wordsOf(badPart)));
  steps.next(10, () => victim && say(it, stack, 'CREATE_FAILED', stack.resources.get(victim), 'Resource creation cancelled'));
  steps.next(100, () => {
    changeSet.execution = 'EXECUTE_FAILED';
    if (keepFailed) return end(it, stack, 'CREATE_FAILED', `The following resource(s) failed to create: [${badId}].`);
    say(
      it,
      stack,
      'ROLLBACK_IN_PROGRESS',
      undefined,
      `The following resource(s) failed to create: [${badId}]. Rollback requested by user.`,
    );
    takeDown(it, stack, [...made].reverse(), 'rollback', [], 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED');
  });
}

function takeDown(
  it: World,
  stack: Stack,
  doomed: readonly Resource[],
  why: 'rollback' | 'delete',
  retain: readonly string[],
  good: string,
  bad: string,
): void {
  const steps = line(it, stack);
  const stuck: string[] = [];
  for (const resource of doomed) {
    if (retain.includes(resource.logicalId) || retained(resource.part, why === 'rollback')) {
      steps.next(50, () => say(it, stack, 'DELETE_SKIPPED', resource));
      continue;
    }
    steps.next(50, () => say(it, stack, 'DELETE_IN_PROGRESS', resource));
    if (fails(resource.part, why)) {
      steps.next(ms(resource.part), () => say(it, stack, 'DELETE_FAILED', resource, wordsOf(resource.part)));
      stuck.push(resource.logicalId);
      continue;
    }
    steps.next(ms(resource.part), () => {
      lose(it, stack, resource, why);
      say(it, stack, 'DELETE_COMPLETE', resource);
    });
  }
  steps.next(200, () =>
    stuck.length > 0 ? end(it, stack, bad, `The following resource(s) failed to delete: [${stuck.join(', ')}].`) : end(it, stack, good),
  );
}

export function remove(it: World, stack: Stack, token: string, retain: readonly string[]): void {
  stack.token = token;
  stack.operation++;
  say(it, stack, 'DELETE_IN_PROGRESS', undefined, 'User Initiated');
  const doomed = [...stack.resources.values()].filter((each) => !['DELETE_COMPLETE', 'DELETE_SKIPPED'].includes(each.status)).reverse();
  takeDown(it, stack, doomed, 'delete', retain, 'DELETE_COMPLETE', 'DELETE_FAILED');
}

export function update(it: World, stack: Stack, changeSet: ChangeSet, token: string): void {
  stack.token = token;
  const from = stack.template;
  const old = new Map([...stack.resources].map(([id, each]) => [id, { ...each }]));
  const target = partsOf(changeSet.template);
  const changes = diff(partsOf(from), target);
  const steps = line(it, stack);
  say(it, stack, 'UPDATE_IN_PROGRESS', undefined, 'User Initiated');
  stack.cancel = (by) => {
    changeSet.execution = 'EXECUTE_FAILED';
    rollBack(it, stack, from, old, target, by);
  };
  const bad = changes.findIndex((change) => fails(target[change.LogicalResourceId ?? ''] ?? { type: '' }, 'update'));
  changes.forEach((change, index) => {
    const id = change.LogicalResourceId ?? '';
    const part = target[id];
    if (!part || (bad >= 0 && index > bad)) return;
    const anew = change.Action === 'Add' || change.Replacement === 'True';
    const verb = anew && !old.has(id) ? 'CREATE' : 'UPDATE';
    steps.next(200, () => say(it, stack, `${verb}_IN_PROGRESS`, anew ? make(it, stack, id, part) : stack.resources.get(id)));
    if (index === bad) steps.next(ms(part), () => say(it, stack, `${verb}_FAILED`, stack.resources.get(id), wordsOf(part)));
    else
      steps.next(ms(part), () => {
        const resource = stack.resources.get(id);
        if (resource) resource.part = part;
        say(it, stack, `${verb}_COMPLETE`, resource);
      });
  });
  if (bad >= 0) {
    const victim = [...stack.resources.values()].find((each) => each.logicalId !== changes[bad]?.LogicalResourceId);
    steps.next(10, () => victim && say(it, stack, 'UPDATE_FAILED', victim, 'Resource update cancelled'));
    steps.next(100, () => {
      changeSet.execution = 'EXECUTE_FAILED';
      rollBack(it, stack, from, old, target, token);
    });
    return;
  }
  steps.next(100, () => {
    delete stack.cancel;
    stack.template = changeSet.template;
    say(it, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  });
  for (const change of changes.filter((each) => each.Action === 'Remove' || each.Replacement === 'True')) {
    const gone = old.get(change.LogicalResourceId ?? '');
    if (!gone) continue;
    steps.next(ms(gone.part), () => {
      if (change.Action === 'Remove') stack.resources.delete(gone.logicalId);
      if (!retained(gone.part, false)) lose(it, stack, gone, 'update');
    });
  }
  steps.next(200, () => {
    changeSet.execution = 'EXECUTE_COMPLETE';
    end(it, stack, 'UPDATE_COMPLETE');
  });
}

function rollBack(it: World, stack: Stack, from: string, old: ReadonlyMap<string, Resource>, target: Parts, token: string): void {
  const steps = line(it, stack);
  delete stack.cancel;
  stack.token = token;
  say(it, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', undefined, 'The following resource(s) failed to update.');
  back(it, stack, steps, from, old, target, []);
}

function back(
  it: World,
  stack: Stack,
  steps: Line,
  from: string,
  old: ReadonlyMap<string, Resource>,
  target: Parts,
  skip: readonly string[],
): void {
  const stuck = Object.entries(target).find(([id, part]) => fails(part, 'rollback') && old.has(id) && !skip.includes(id));
  if (stuck) {
    steps.next(ms(stuck[1]), () => say(it, stack, 'UPDATE_FAILED', stack.resources.get(stuck[0]), wordsOf(stuck[1])));
    steps.next(100, () => {
      stack.resume = (skipped, token) => {
        stack.token = token;
        const again = line(it, stack);
        say(it, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', undefined, 'User Initiated');
        back(it, stack, again, from, old, target, skipped);
      };
      end(it, stack, 'UPDATE_ROLLBACK_FAILED', `The following resource(s) failed to update: [${stuck[0]}].`);
    });
    return;
  }
  steps.next(4_000, () => {
    delete stack.resume;
    stack.template = from;
    stack.resources.clear();
    for (const [id, each] of old) stack.resources.set(id, { ...each, status: 'UPDATE_COMPLETE' });
    say(it, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  });
  steps.next(500, () => end(it, stack, 'UPDATE_ROLLBACK_COMPLETE'));
}
