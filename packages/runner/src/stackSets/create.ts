// Creates a stack set without stacks, and makes the input that its creation and its updates share.

import { templateHash } from '../deploy/stackInput.ts';
import { uploadTemplate } from '../deploy/uploadTemplate.ts';
import type { CreateStackSetInput, StackSetPort } from '../ports/stackSets.ts';
import { callAtMostOnce, callFailure, reportAndBackOff } from '../run/calls.ts';
import { type Run, type RunGenerator, RunStopped, refusalOf, runEvent } from '../run/run.ts';
import { describeStackSet } from './describe.ts';
import type { StackSetInput } from './input.ts';
import { permissionModelOf } from './plan.ts';

/** Uploads a template that is too long for a request. */
export async function* buildStackSetBody(
  run: Run,
  input: StackSetInput,
): RunGenerator<Omit<CreateStackSetInput, 'ClientRequestToken'>> {
  const url = yield* uploadTemplate(run, input.template, templateHash(input.template));
  return {
    StackSetName: input.name,
    ...(url ? { TemplateURL: url } : { TemplateBody: input.template }),
    Parameters: Object.entries(input.parameters ?? {}).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    Tags: Object.entries(input.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    PermissionModel: permissionModelOf(input),
    ...('units' in input.targets ? { AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false } } : {}),
    ...(input.administrationRoleArn ? { AdministrationRoleARN: input.administrationRoleArn } : {}),
    ...(input.executionRoleName ? { ExecutionRoleName: input.executionRoleName } : {}),
  };
}

/** With the token a repeated request for the same set gets the first response. */
export async function* createStackSet(run: Run, port: StackSetPort, request: CreateStackSetInput): RunGenerator<void> {
  for (let tries = 0; ; tries++) {
    const answer = yield* callAtMostOnce(run, 'CreateStackSet', () => port.createStackSet(request));
    if (answer.ok) break;
    if (/^NameAlreadyExists/.test(answer.problems[0].name)) {
      // A response was lost, or another run was faster: the current state decides.
      const there = yield* describeStackSet(run, port, request.StackSetName);
      if (
        templateHash(there?.set.TemplateBody ?? '') === templateHash(request.TemplateBody ?? '') ||
        request.TemplateURL
      )
        break;
      throw new RunStopped(
        refusalOf(run, 'obsolete', `Another run has created the stack set ${run.stackName}. Plan again.`),
      );
    }
    if (answer.problems[0].kind !== 'transient') throw callFailure(run, 'CreateStackSet', answer.problems[0]);
    yield* reportAndBackOff(run, 'CreateStackSet', answer.problems[0], tries);
  }
  yield runEvent(run, 'I2K886', `Created the stack set ${run.stackName}.`, { name: run.stackName });
}
