// Prints a policy as JSON, and notes about it.
import { type IamPolicyInput, iamPolicyOf, maxManagedPolicySize } from '@i2kit/runner';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';

export async function runIamPolicy({ io, values }: Context, input: IamPolicyInput): Promise<ExitCode> {
  const policy = iamPolicyOf(input);
  io.stdout.write(`${JSON.stringify(policy, null, 2)}\n`);
  if (values.quiet) return exit.fine;
  if (policy.Statement.length === 0) io.stderr.write('synth makes no AWS calls: it needs no permissions.\n');
  if (input.use === 'deploy' && input.roleArn === undefined && input.permissionsBoundary === undefined)
    io.stderr.write(
      'A deployer may give a role of the app any permission. Set `permissionsBoundary` in i2kit.yaml: the ' +
        'policy then allows only roles with that boundary.\n',
    );
  const size = JSON.stringify(policy).length;
  if (size > maxManagedPolicySize) {
    io.stderr.write(
      `The policy has ${size} characters, over the limit of ${maxManagedPolicySize} for a managed policy. Attach ` +
        'its statements as several policies, or give CloudFormation a role (--role-arn).\n',
    );
  }
  return exit.fine;
}
