// Lists the app stacks of an environment, or of one app, by their tags.

import type { SdkOptions } from '@i2kit/runner';
import { retryingConfig } from './connection.ts';

export async function fetchAppStacks(options: SdkOptions, env: string, app?: string): Promise<readonly string[]> {
  const sdk = await import('@aws-sdk/client-cloudformation');
  const client = new sdk.CloudFormationClient(retryingConfig(options));
  const found: string[] = [];
  try {
    for await (const { Stacks = [] } of sdk.paginateDescribeStacks({ client }, {})) {
      for (const { StackName, StackStatus, Tags = [] } of Stacks) {
        const has = (key: string, value?: string) =>
          Tags.some((tag) => tag.Key === key && (value === undefined || tag.Value === value));
        // A stack in REVIEW_IN_PROGRESS has no resources.
        const lives = StackStatus !== 'DELETE_COMPLETE' && StackStatus !== 'REVIEW_IN_PROGRESS';
        if (StackName && lives && has('i2kit:env', env) && has('i2kit:app', app)) found.push(StackName);
      }
    }
  } finally {
    client.destroy();
  }
  return found.sort();
}
