// What the machines of a failed group say, asked for at once: a rollback takes them away.
import { faultOf } from './fault.ts';
import type { Run } from './run.ts';

const most = 3;

/** Answers, or nothing: evidence is best effort, and never ends a run. */
async function orNothing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (faultOf(error)) return undefined;
    throw error;
  }
}

/** Lines of text, most telling first: scaling activities, target health, the tail of each console. */
export async function groupEvidence(run: Run, groupName: string, since?: number): Promise<readonly string[]> {
  const { machines } = run.clients;
  if (!machines || !groupName) return [];
  const group = await orNothing(() => machines.group(groupName, since === undefined ? {} : { since }));
  if (!group) return [];
  const lines = group.activities.slice(0, most).map((each) => `scaling: ${each}`);
  for (const arn of group.targetGroups.slice(0, most)) {
    const health = await orNothing(() => machines.targetHealth(arn));
    if (!health) continue;
    lines.push(`targets: ${health.healthy} of ${health.total} healthy`, ...health.reasons.slice(0, most).map((each) => `targets: ${each}`));
  }
  for (const id of group.instances.slice(0, most)) {
    const tail = await orNothing(() => machines.consoleTail(id));
    lines.push(...(tail ?? []).map((each) => `console ${id}: ${each}`));
  }
  return lines;
}
