// Reads the template that a stack has now, or will have when the operation in progress ends.

import type { Outcome } from '@i2kit/common';
import { readWithRetry } from '../run/calls.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import { type RunGenerator, type RunOptions, runToValue, startRun } from '../run/run.ts';
import { describeStack } from '../stack/describe.ts';
import { readinessOf, type StackReadiness } from '../stack/status.ts';

export interface DeployedTemplate {
  readonly readiness: StackReadiness;
  /** Empty if there is no template yet, or reading it is denied. */
  readonly template: string;
}

/** Read-only, with the retries of any run; returns the result of the run if it could not read. */
export async function readDeployedTemplate(
  clients: Clients,
  stackName: string,
  options: RunOptions = {},
): Promise<Outcome<DeployedTemplate, Result>> {
  const run = startRun(clients, stackName, options, `i2kit apply ${stackName}`);
  async function* steps(): RunGenerator<DeployedTemplate> {
    const stack = yield* describeStack(run, stackName);
    const stands = readinessOf(stack?.status);
    if (!stack || stands === 'create') return { readiness: stands, template: '' };
    const which =
      stands === 'busy' && stack.changeSetId ? { ChangeSetName: stack.changeSetId } : { StackName: stack.stackId };
    const answer = yield* readWithRetry(run, 'GetTemplate', (call) =>
      clients.cloudFormation.getTemplate({ ...which, TemplateStage: 'Original' }, call),
    );
    return { readiness: stands, template: answer.ok ? (answer.value.TemplateBody ?? '') : '' };
  }
  return runToValue(steps());
}
