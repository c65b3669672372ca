// Creates a change set, waits until it is ready, and deletes it if it cannot be executed.

import { backoffMs } from '@i2kit/aws';
import { failure, type Outcome, success } from '@i2kit/common';
import type { ChangeSetDescription, CreateChangeSetInput } from '../ports/cloudFormation.ts';
import { callAtMostOnce, callFailure, pauseRun, reportAndBackOff } from '../run/calls.ts';
import { type Run, type RunGenerator, runEvent } from '../run/run.ts';
import { describeChangeSet } from '../stack/describe.ts';
import type { StackInput } from './stackInput.ts';

export interface ChangeSetRequest {
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  /** Hash of the whole input; also in the change set's description, so that the two can be compared. */
  readonly inputHash: string;
  readonly input: StackInput;
  /** Set if the template is too large to be sent in the request. */
  readonly templateUrl?: string;
}

export const changeSetPrefix = 'i2kit-';

/** Name of a change set: another run can tell its input from the ARN and from the stack's events. */
export const changeSetName = (inputHash: string, nonce: string): string =>
  `${changeSetPrefix}${inputHash.slice(0, 16)}-${nonce}`;

/** Eight hex digits that make the names of one run unique. */
export const nonce = (run: Run): string =>
  Math.floor(run.clients.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');

/** Client request token of a change set's execution: the same for every process that executes it. */
export const operationTokenOf = (changeSetId: string): string =>
  /:changeSet\/([^/]+)\//.exec(changeSetId)?.[1] ?? changeSetId;

/** True if the change set, or the operation with this token, was made from this input. */
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
 * Creates the change set; its ARN, or CloudFormation's reason if the stack's state no longer allows one. If the response
 * is lost, looks the name up before sending the request again.
 */
export async function* createChangeSet(run: Run, wanted: ChangeSetRequest): RunGenerator<Outcome<string>> {
  const request = createChangeSetInputOf(wanted);
  for (let tries = 0; ; tries++) {
    const answer = yield* callAtMostOnce(run, 'CreateChangeSet', () =>
      run.clients.cloudFormation.createChangeSet(request),
    );
    if (answer.ok && answer.value.Id) return success(answer.value.Id);
    const error = answer.ok ? undefined : answer.problems[0];
    const exists = error !== undefined && /^AlreadyExists/.test(error.name);
    if (error && error.kind !== 'transient' && !exists) {
      const moved =
        error.kind === 'absent' || /already exists|is in [A-Z_]+ state|in progress|_IN_PROGRESS/i.test(error.message);
      if (moved && error.kind !== 'denied') return failure({ message: error.message });
      throw callFailure(run, 'CreateChangeSet', error);
    }
    const found = yield* describeChangeSet(run, wanted.name, wanted.input.stackName);
    if (found?.ChangeSetId && found.Description === request.Description) return success(found.ChangeSetId);
    if (exists) return failure({ message: error.message });
    if (error) yield* reportAndBackOff(run, 'CreateChangeSet', error, tries);
    else await pauseRun(run, backoffMs(tries, run.clients.random));
  }
}

/** CloudFormation has two wordings for "nothing would change". */
export const isNoChangesReason = (reason: string): boolean =>
  /didn't contain changes|No updates are to be performed|didn’t contain changes/.test(reason);

/** Waits until the change set can, or cannot, be executed; undefined if someone deleted it. */
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

/** Deletes a change set that cannot be executed. A failure to do so is only reported: the change set has no effect. */
export async function* deleteChangeSet(run: Run, changeSetId: string): RunGenerator<void> {
  for (let tries = 0; ; tries++) {
    const answer = yield* callAtMostOnce(run, 'DeleteChangeSet', () =>
      run.clients.cloudFormation.deleteChangeSet({ ChangeSetName: changeSetId }),
    );
    if (answer.ok || answer.problems[0].kind === 'absent') {
      yield runEvent(run, 'I2K806', 'Deleted the change set, which cannot be executed.', { changeSetId });
      return;
    }
    const { kind, message } = answer.problems[0];
    if (kind !== 'transient' || tries >= 4) {
      yield runEvent(run, 'I2K807', `The change set, which cannot be executed, was not deleted: ${message}`, {
        changeSetId,
        said: message,
      });
      return;
    }
    yield* reportAndBackOff(run, 'DeleteChangeSet', answer.problems[0], tries);
  }
}
