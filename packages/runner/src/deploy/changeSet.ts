// A change set is made, waited for, and removed where it cannot be executed.

import type { ChangeSetDescription, CreateChangeSetInput } from '../ports/cloudFormation.ts';
import { type Run, type RunGenerator, runEvent } from '../run/run.ts';
import { backoffMs, callAtMostOnce, callFailure, pauseRun, reportAndBackOff } from '../sdk/retry.ts';
import { describeChangeSet } from '../stack/describe.ts';
import type { StackInput } from './stackInput.ts';

export interface ChangeSetRequest {
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  /** Hash of the whole input; in the change set's description, so that the two can be held against each other. */
  readonly inputHash: string;
  readonly input: StackInput;
  /** Where the template is too large to be sent. */
  readonly templateUrl?: string;
}

export const changeSetPrefix = 'i2kit-';

/** Names a change set so that another run can tell from its ARN, and from events, what it was made of. */
export const changeSetName = (inputHash: string, nonce: string): string =>
  `${changeSetPrefix}${inputHash.slice(0, 16)}-${nonce}`;

/** Eight hex digits, for names that no other run may have. */
export const nonce = (run: Run): string =>
  Math.floor(run.clients.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');

/** The token of a change set's execution: the same for each process that executes it. */
export const operationTokenOf = (changeSetId: string): string =>
  /:changeSet\/([^/]+)\//.exec(changeSetId)?.[1] ?? changeSetId;

/** True where a change set, or an operation's token, was made of this input. */
export const isMadeFromInput = (nameOrToken: string, inputHash: string): boolean =>
  nameOrToken.startsWith(`${changeSetPrefix}${inputHash.slice(0, 16)}-`);

export const changeSetDescriptionOf = (inputHash: string): string => `i2kit input sha256:${inputHash}`;

function createChangeSetInputOf(wanted: ChangeSetRequest): CreateChangeSetInput {
  const { input } = wanted;
  return {
    StackName: input.stackName,
    ChangeSetName: wanted.name,
    ChangeSetType: wanted.type,
    ClientToken: wanted.name,
    Description: changeSetDescriptionOf(wanted.inputHash),
    ...(wanted.templateUrl ? { TemplateURL: wanted.templateUrl } : { TemplateBody: input.template }),
    Parameters: Object.entries(input.parameters ?? {}).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Capabilities: [...(input.capabilities ?? ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'])],
    Tags: Object.entries(input.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    ...(input.roleArn ? { RoleARN: input.roleArn } : {}),
    ...(input.notificationArns ? { NotificationARNs: [...input.notificationArns] } : {}),
  };
}

/**
 * Makes the change set and gives its ARN. After a lost answer the name is looked up before the request is sent again;
 * `undefined` where CloudFormation says that the stack is no longer in a state for it, with `said` why.
 */
export async function* createChangeSet(
  run: Run,
  wanted: ChangeSetRequest,
): RunGenerator<{ readonly id?: string; readonly said?: string }> {
  const request = createChangeSetInputOf(wanted);
  for (let tries = 0; ; tries++) {
    const answer = yield* callAtMostOnce(run, 'CreateChangeSet', () =>
      run.clients.cloudFormation.createChangeSet(request),
    );
    if (answer.ok && answer.value.Id) return { id: answer.value.Id };
    const fault = answer.ok ? undefined : answer.fault;
    const exists = fault !== undefined && /^AlreadyExists/.test(fault.name);
    if (fault && fault.kind !== 'transient' && !exists) {
      const moved =
        fault.kind === 'absent' || /already exists|is in [A-Z_]+ state|in progress|_IN_PROGRESS/i.test(fault.message);
      if (moved && fault.kind !== 'denied') return { said: fault.message };
      throw callFailure(run, 'CreateChangeSet', fault);
    }
    const found = yield* describeChangeSet(run, wanted.name, wanted.input.stackName);
    if (found?.ChangeSetId && found.Description === request.Description) return { id: found.ChangeSetId };
    if (exists) return { said: fault.message };
    if (fault) yield* reportAndBackOff(run, 'CreateChangeSet', fault, tries);
    else await pauseRun(run, backoffMs(tries, run.clients.random));
  }
}

/** Both of CloudFormation's ways to say that nothing would change. */
export const isNoChangesReason = (reason: string): boolean =>
  /didn't contain changes|No updates are to be performed|didn’t contain changes/.test(reason);

/** Waits until it can be executed, or cannot; undefined where someone removed it. */
export async function* waitForChangeSet(run: Run, changeSetId: string): RunGenerator<ChangeSetDescription | undefined> {
  for (let look = 0; ; look++) {
    const changeSet = yield* describeChangeSet(run, changeSetId);
    if (!changeSet) return undefined;
    const { Status: status = '', ExecutionStatus: execution = '' } = changeSet;
    if (status === 'FAILED' || status.startsWith('DELETE_')) return changeSet;
    if (status === 'CREATE_COMPLETE' && execution !== 'UNAVAILABLE') return changeSet;
    await pauseRun(run, backoffMs(look, run.clients.random, 5_000));
  }
}

/** Removes what cannot be executed. Where that fails it is said, and is no failure: the change set does nothing. */
export async function* deleteChangeSet(run: Run, changeSetId: string): RunGenerator<void> {
  for (let tries = 0; ; tries++) {
    const answer = yield* callAtMostOnce(run, 'DeleteChangeSet', () =>
      run.clients.cloudFormation.deleteChangeSet({ ChangeSetName: changeSetId }),
    );
    if (answer.ok || answer.fault.kind === 'absent') {
      yield runEvent(run, 'I2K806', 'The change set that cannot be executed was removed.', { changeSetId });
      return;
    }
    const { kind, message } = answer.fault;
    if (kind !== 'transient' || tries >= 4) {
      yield runEvent(run, 'I2K807', `The change set that cannot be executed stays: ${message}`, {
        changeSetId,
        said: message,
      });
      return;
    }
    yield* reportAndBackOff(run, 'DeleteChangeSet', answer.fault, tries);
  }
}
