// Reads all resources of a stack, deleted ones included.
import { readPages } from '@i2kit/aws';
import type { CloudFormationPort, StackResourceSummary } from '@i2kit/runner';

export async function fetchStackResources(
  port: CloudFormationPort,
  StackName: string,
): Promise<readonly StackResourceSummary[]> {
  const all: StackResourceSummary[] = [];
  for await (const page of readPages((from) => port.listStackResources({ StackName, ...from })))
    all.push(...(page.StackResourceSummaries ?? []));
  return all;
}
