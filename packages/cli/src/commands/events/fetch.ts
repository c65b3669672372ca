// Reads the events of a stack and its nested stacks, each once, oldest first.
import { readPages } from '@i2kit/aws';
import { type CloudFormationPort, classifyError } from '@i2kit/runner';

export type StackEvent = NonNullable<
  Awaited<ReturnType<CloudFormationPort['describeStackEvents']>>['StackEvents']
>[number];

/** The newest `limit` events; reads only as many pages as needed. Undefined if the stack does not exist. */
export async function fetchEvents(
  port: CloudFormationPort,
  stackName: string,
  limit: number,
): Promise<readonly StackEvent[] | undefined> {
  const own = await fetchNewestEvents(port, stackName, limit);
  if (own === undefined) return undefined;
  const all = [...own];
  const read = new Set(own.map(({ StackId }) => StackId));
  // The list grows during the loop: a nested stack may contain nested stacks.
  for (const { ResourceType, PhysicalResourceId: id = '', StackId } of all) {
    const nested = ResourceType === 'AWS::CloudFormation::Stack' && id.startsWith('arn:') && id !== StackId;
    if (!nested || read.has(id)) continue;
    read.add(id);
    all.push(...((await fetchNewestEvents(port, id, limit)) ?? []));
  }
  // Newest first within each stack, so events of the same time keep their order.
  return all
    .toSorted((a, b) => (b.Timestamp?.getTime() ?? 0) - (a.Timestamp?.getTime() ?? 0))
    .slice(0, limit)
    .reverse();
}

/** Events of one stack, newest first. New events shift others to the next page, which then occur twice. */
async function fetchNewestEvents(
  port: CloudFormationPort,
  StackName: string,
  limit: number,
): Promise<readonly StackEvent[] | undefined> {
  const all = new Map<string, StackEvent>();
  try {
    for await (const { StackEvents = [] } of readPages((from) => port.describeStackEvents({ StackName, ...from }))) {
      for (const each of StackEvents) all.set(each.EventId ?? '', each);
      if (all.size >= limit) break;
    }
  } catch (error) {
    if (classifyError(error)?.kind === 'absent') return undefined;
    throw error;
  }
  return [...all.values()].slice(0, limit);
}
