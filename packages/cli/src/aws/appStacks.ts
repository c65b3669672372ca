// Which stacks of apps, or of one app, stand on an environment, by the tags that `apply` gives them.
import type { SdkOptions } from '@i2kit/runner';

export async function fetchAppStacks(
  { region, endpoint, profile }: SdkOptions,
  env: string,
  app?: string,
): Promise<readonly string[]> {
  const sdk = await import('@aws-sdk/client-cloudformation');
  const client = new sdk.CloudFormationClient({ region, ...(endpoint && { endpoint }), ...(profile && { profile }) });
  const found: string[] = [];
  try {
    for await (const { Stacks = [] } of sdk.paginateDescribeStacks({ client }, {})) {
      for (const { StackName, StackStatus, Tags = [] } of Stacks) {
        const has = (key: string, value?: string) =>
          Tags.some((tag) => tag.Key === key && (value === undefined || tag.Value === value));
        // One that was only reviewed has nothing in it.
        const lives = StackStatus !== 'DELETE_COMPLETE' && StackStatus !== 'REVIEW_IN_PROGRESS';
        if (StackName && lives && has('i2kit:env', env) && has('i2kit:app', app)) found.push(StackName);
      }
    }
  } finally {
    client.destroy();
  }
  return found.sort();
}
