// A stack's resources as they are now: what holds data, and what holds up an operation.
import { type Answer, giveUp, must, read } from './call.ts';
import { victim } from './cause.ts';
import { worthOf } from './data.ts';
import type { Endangered, Policies } from './guard.ts';
import type { ResourceOutput } from './ports/cloudformation.ts';
import type { Run, Steps } from './run.ts';

/** A resource that keeps a rollback or a deletion from ending. */
export interface Held {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}

/** Page by page; deleted resources too. */
async function* pages(run: Run, stackId: string): Steps<Answer<readonly ResourceOutput[]>> {
  const all: ResourceOutput[] = [];
  let next: string | undefined;
  do {
    const token = next;
    const answer = yield* read(run, 'ListStackResources', (options) =>
      run.clients.cloudFormation.listStackResources({ StackName: stackId, ...(token ? { NextToken: token } : {}) }, options),
    );
    if (!answer.ok) return answer;
    all.push(...(answer.value.StackResourceSummaries ?? []));
    next = answer.value.NextToken;
  } while (next);
  return { ok: true, value: all };
}

/** All resources of a stack; undefined where the stack is gone. */
export async function* resourcesOf(run: Run, stackId: string): Steps<readonly ResourceOutput[] | undefined> {
  const answer = yield* pages(run, stackId);
  if (answer.ok) return answer.value;
  if (answer.fault.kind === 'absent') return undefined;
  throw giveUp(run, 'ListStackResources', answer.fault);
}

/** What would be orphaned, or deleted, with a stack whose creation failed. */
export function heldData(resources: readonly ResourceOutput[]): readonly Endangered[] {
  return resources.flatMap((each) => {
    const type = each.ResourceType ?? '';
    const gone = each.ResourceStatus === 'DELETE_COMPLETE' || !each.PhysicalResourceId;
    if (gone || worthOf(type) !== 'data') return [];
    // DELETE_SKIPPED: retained on purpose; it would outlive the stack, and the new stack would start with a blank one.
    const how = each.ResourceStatus === 'DELETE_SKIPPED' ? 'orphaned' : 'deleted';
    return [{ logicalId: each.LogicalResourceId ?? '', physicalId: each.PhysicalResourceId ?? '', type, worth: 'data', how }];
  });
}

/** What failed in a rollback or a deletion. Empty where it cannot be read: it explains, it decides nothing. */
export async function* heldBy(run: Run, stackId: string): Steps<readonly Held[]> {
  const answer = yield* pages(run, stackId);
  const all = answer.ok ? answer.value : [];
  return (
    all
      // What was only cancelled holds up nothing, and CloudFormation takes it for no `--skip`.
      .filter((each) => /_FAILED$/.test(each.ResourceStatus ?? '') && !victim.test(each.ResourceStatusReason ?? ''))
      .map((each) => ({
        logicalId: each.LogicalResourceId ?? '',
        physicalId: each.PhysicalResourceId ?? '',
        type: each.ResourceType ?? '',
        status: each.ResourceStatus ?? '',
        reason: each.ResourceStatusReason ?? '',
      }))
  );
}

/** DeletionPolicy of each resource of the template that the stack has now; undefined where it is no JSON. */
export async function* policiesOf(run: Run, stackId: string): Steps<Policies> {
  const { TemplateBody } = yield* must(run, 'GetTemplate', (options) =>
    run.clients.cloudFormation.getTemplate({ StackName: stackId, TemplateStage: 'Original' }, options),
  );
  return policiesIn(TemplateBody ?? '');
}

export function policiesIn(template: string): Policies {
  try {
    const parsed = JSON.parse(template) as { Resources?: Record<string, { DeletionPolicy?: unknown } | null> } | null;
    const entries = Object.entries(parsed?.Resources ?? {});
    return Object.fromEntries(entries.map(([id, each]) => [id, String(each?.DeletionPolicy ?? 'Delete')]));
  } catch {
    return undefined;
  }
}
