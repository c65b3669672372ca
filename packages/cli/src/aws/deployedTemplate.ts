// Reads the template that a stack has now, and its parameter values.
import { failure, type Outcome, success } from '@i2kit/common';
import { classifyError, printable } from '@i2kit/runner';
import type { Context } from '../context.ts';
import type { AwsFailure, DeployedTemplate } from '../ports/aws.ts';
import { type Connection, connect } from './connection.ts';
import { awsFailureOf } from './failures.ts';

export async function fetchDeployedTemplate(
  context: Context,
  { stackName, region }: { readonly stackName: string; readonly region: string | undefined },
): Promise<Outcome<DeployedTemplate, AwsFailure>> {
  let connection: Connection | undefined;
  try {
    connection = await connect(context, region);
    const { cloudFormation } = connection.clients;
    const { Stacks: [stack] = [] } = await cloudFormation.describeStacks({ StackName: stackName });
    // Created by a change set that was never executed: it has no resources.
    if (!stack || stack.StackStatus === 'REVIEW_IN_PROGRESS') return success({});
    const { TemplateBody } = await cloudFormation.getTemplate({ StackName: stackName, TemplateStage: 'Original' });
    const parameters = Object.fromEntries(
      (stack.Parameters ?? []).map((each) => [each.ParameterKey ?? '', each.ParameterValue ?? '']),
    );
    return success({ template: TemplateBody ?? '', parameters });
  } catch (error) {
    if (classifyError(error)?.kind === 'absent') return success({});
    const failed = awsFailureOf(error);
    if (!failed) throw error;
    return failure({ ...failed, message: printable(failed.message) });
  } finally {
    connection?.close();
  }
}
