// The template that a stack has now, and what its parameters were given.
import { faultOf, printable } from '@i2kit/runner';
import type { Deployed } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { connect } from './connect.ts';

export async function deployed(
  context: Context,
  { stackName, region }: { readonly stackName: string; readonly region: string | undefined },
): Promise<Deployed> {
  const connection = await connect(context, region);
  const { cloudFormation } = connection.clients;
  try {
    const { Stacks: [stack] = [] } = await cloudFormation.describeStacks({ StackName: stackName });
    // Made by a change set that nobody executed: there is nothing yet.
    if (!stack || stack.StackStatus === 'REVIEW_IN_PROGRESS') return {};
    const { TemplateBody } = await cloudFormation.getTemplate({ StackName: stackName, TemplateStage: 'Original' });
    const parameters = Object.fromEntries((stack.Parameters ?? []).map((each) => [each.ParameterKey ?? '', each.ParameterValue ?? '']));
    return { template: TemplateBody ?? '', parameters };
  } catch (error) {
    const fault = faultOf(error);
    if (!fault) throw error;
    return fault.kind === 'absent' ? {} : { wrong: printable(`${stackName} cannot be read: ${fault.name}: ${fault.message}`) };
  } finally {
    connection.close();
  }
}
