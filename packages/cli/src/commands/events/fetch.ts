// The events of a stack and of those nested in it, each once, oldest first.
import { type CloudFormationPort, classifyError } from '@i2kit/runner';

export type StackEvent = NonNullable<
  Awaited<ReturnType<CloudFormationPort['describeStackEvents']>>['StackEvents']
>[number];

/** The newest `limit`; reads no more pages of a stack than that takes. Undefined where there is no such stack. */
export async function fetchEvents(
  port: CloudFormationPort,
  stackName: string,
  limit: number,
): Promise<readonly StackEvent[] | undefined> {
  const own = await fetchNewestEvents(port, stackName, limit);
  if (own === undefined) return undefined;
  const all = [...own];
  const read = new Set(own.map(({ StackId }) => StackId));
  // The list grows while it is walked: a nested stack may have nested ones.
  for (const { ResourceType, PhysicalResourceId: id = '', StackId } of all) {
    const nested = ResourceType === 'AWS::CloudFormation::Stack' && id.startsWith('arn:') && id !== StackId;
    if (!nested || read.has(id)) continue;
    read.add(id);
    all.push(...((await fetchNewestEvents(port, id, limit)) ?? []));
  }
  // Newest first in each stack, so that what has the same time stays in its order.
  return all
    .toSorted((a, b) => (b.Timestamp?.getTime() ?? 0) - (a.Timestamp?.getTime() ?? 0))
    .slice(0, limit)
    .reverse();
}

/** Of one stack, newest first. An event that happens meanwhile moves others onto the next page: they come twice. */
async function fetchNewestEvents(
  port: CloudFormationPort,
  StackName: string,
  limit: number,
): Promise<readonly StackEvent[] | undefined> {
  const all = new Map<string, StackEvent>();
  let next: string | undefined;
  try {
    do {
      const page = await port.describeStackEvents({ StackName, ...(next ? { NextToken: next } : {}) });
      for (const each of page.StackEvents ?? []) all.set(each.EventId ?? '', each);
      next = page.NextToken;
    } while (next && all.size < limit);
  } catch (error) {
    if (classifyError(error)?.kind === 'absent') return undefined;
    throw error;
  }
  return [...all.values()].slice(0, limit);
}
