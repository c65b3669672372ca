// The ARNs and name patterns to which a policy is narrowed.
import type { IamPolicyInput } from './policy.ts';

/**
 * The fewest characters of a stack's name that CloudFormation keeps in the name of a resource. Names are
 * `<stack>-<logical id>-<random>`; where one is longer than its service allows (64 characters of a role, 63 of a
 * bucket), 13 characters stay for the end and stack and logical id share the rest, 25 for the stack.
 */
const keptOfStackName = 25;

/** Matches the names of all resources of the stacks whose names begin like this, also where CloudFormation cuts them. */
export function resourceNamePattern(stackPrefix: string): string {
  return stackPrefix.length < keptOfStackName ? `${stackPrefix}-*` : `${stackPrefix.slice(0, keptOfStackName)}*`;
}

export const partitionOf = (region = ''): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

/** S3 ARNs have neither region nor account, those of Route 53 and IAM no region. */
export function arnFormatterOf({ region = '*', account = '*' }: Pick<IamPolicyInput, 'region' | 'account'>) {
  const places: Readonly<Record<string, string>> = { s3: ':', route53: ':', iam: `:${account}` };
  return (service: string, resource: string) =>
    `arn:${partitionOf(region)}:${service}:${places[service] ?? `${region}:${account}`}:${resource}`;
}
