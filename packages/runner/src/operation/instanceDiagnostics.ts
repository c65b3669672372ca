// Reads diagnostics of a failed group's machines at once, because a rollback terminates them.

import { classifyError, raceAbort } from '@i2kit/aws';
import type { Run } from '../run/run.ts';

const maxItemsPerKind = 3;

/** The response, or nothing: diagnostics are best effort and never end a run. */
async function readOrUndefined<T>(run: Run, asked: Promise<T>): Promise<T | undefined> {
  try {
    return await raceAbort(asked, run.signal);
  } catch (error) {
    if (run.signal?.aborted || classifyError(error)) return undefined;
    throw error;
  }
}

/** Lines of text, most important first: scaling activities, target health, the tail of each console. */
export async function collectInstanceDiagnostics(
  run: Run,
  groupName: string,
  since?: number,
): Promise<readonly string[]> {
  const { machines } = run.clients;
  if (!machines || !groupName) return [];
  const group = await readOrUndefined(run, machines.group(groupName, since === undefined ? {} : { since }));
  if (!group) return [];
  const lines = group.activities.slice(0, maxItemsPerKind).map((each) => `scaling: ${each}`);
  for (const arn of group.targetGroups.slice(0, maxItemsPerKind)) {
    const health = await readOrUndefined(run, machines.targetHealth(arn));
    if (!health) continue;
    lines.push(
      `targets: ${health.healthy} of ${health.total} healthy`,
      ...health.reasons.slice(0, maxItemsPerKind).map((each) => `targets: ${each}`),
    );
  }
  for (const id of group.instances.slice(0, maxItemsPerKind)) {
    const tail = await readOrUndefined(run, machines.consoleTail(id));
    lines.push(...(tail ?? []).map((each) => `console ${id}: ${each}`));
  }
  return lines;
}
