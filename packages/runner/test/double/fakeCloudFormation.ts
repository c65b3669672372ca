// CloudFormation's API over the fake account, with its rules and its error messages.
import type { CloudFormationPort } from '../../src/index.ts';
import { readinessOf } from '../../src/index.ts';
import { serviceError, validationError } from './errors.ts';
import {
  changesBetween,
  type FakeAccount,
  type FakeChangeSet,
  type FakeStack,
  findStack,
  newArn,
  newStack,
  partsIn,
  recordStackEvent,
} from './fakeAccount.ts';
import { runCreate, runDelete, runUpdate } from './stackEngine.ts';
import { partsOf } from './template.ts';

/** Small pages, so that every list is paged. */
const pageSizes = { events: 3, resources: 3, changes: 2 };

function pageOf<T>(
  items: readonly T[],
  size: number,
  token: string | undefined,
): { readonly items: T[]; readonly next?: string } {
  const from = Number(token ?? 0);
  const next = from + size < items.length ? { next: String(from + size) } : {};
  return { items: items.slice(from, from + size), ...next };
}

function knownStack(it: FakeAccount, nameOrId: string): FakeStack {
  const stack = findStack(it, nameOrId);
  if (!stack) throw validationError(`Stack with id ${nameOrId} does not exist`);
  return stack;
}

function knownChangeSet(it: FakeAccount, nameOrId: string, stackName?: string): FakeChangeSet {
  const stack = stackName === undefined ? undefined : findStack(it, stackName);
  const found = it.changeSets.find(
    (each) => each.id === nameOrId || (stack && each.name === nameOrId && each.stackId === stack.stackId),
  );
  if (!found) throw serviceError('ChangeSetNotFoundException', `ChangeSet [${nameOrId}] does not exist`, 404);
  return found;
}

const optional = <K extends string>(key: K, value: string | undefined): { [P in K]?: string } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };

export function fakeCloudFormation(it: FakeAccount): CloudFormationPort {
  return {
    async describeStacks({ StackName }) {
      const stack = knownStack(it, StackName);
      return {
        Stacks: [
          {
            StackId: stack.stackId,
            StackName: stack.name,
            StackStatus: stack.status,
            StackStatusReason: stack.reason,
            EnableTerminationProtection: stack.isProtected,
            Tags: [...stack.tags],
            Outputs: [{ OutputKey: 'Parts', OutputValue: Object.keys(partsIn(stack)).join(',') }],
            ...optional('ChangeSetId', stack.changeSetId),
          },
        ],
      };
    },

    async createChangeSet(input) {
      const existing = findStack(it, input.StackName);
      const template = input.TemplateBody ?? '{"Resources":{}}';
      if (input.ChangeSetType === 'UPDATE') {
        if (!existing) throw validationError(`Stack [${input.StackName}] does not exist`);
        if (readinessOf(existing.status) !== 'update')
          throw validationError(`Stack:${existing.stackId} is in ${existing.status} state and can not be updated.`);
      } else if (existing && existing.status !== 'REVIEW_IN_PROGRESS') {
        throw validationError(
          `Stack [${input.StackName}] already exists and cannot be created again with the changeSet [${input.ChangeSetName}].`,
        );
      }
      const same =
        existing &&
        it.changeSets.find((each) => each.stackId === existing.stackId && each.name === input.ChangeSetName);
      if (same) {
        if (same.token === input.ClientToken) return { Id: same.id, StackId: same.stackId };
        throw serviceError('AlreadyExistsException', `ChangeSet [${input.ChangeSetName}] already exists`);
      }
      const stack = existing ?? newStack(it, input.StackName, 'REVIEW_IN_PROGRESS');
      if (!existing) recordStackEvent(it, stack, 'REVIEW_IN_PROGRESS', undefined, 'User Initiated');
      const changes = changesBetween(input.ChangeSetType === 'CREATE' ? {} : partsIn(stack), partsOf(template));
      const made: FakeChangeSet = {
        id: newArn(it, 'changeSet', input.ChangeSetName),
        name: input.ChangeSetName,
        token: input.ClientToken,
        stackId: stack.stackId,
        type: input.ChangeSetType,
        template,
        description: input.Description,
        input,
        changes,
        tags: input.Tags ?? [],
        status: 'CREATE_IN_PROGRESS',
        execution: 'UNAVAILABLE',
        reason: '',
      };
      it.changeSets.push(made);
      it.clock.after(1_500, () => {
        const good = changes.length > 0;
        made.status = good ? 'CREATE_COMPLETE' : 'FAILED';
        if (good) made.execution = made.execution === 'UNAVAILABLE' ? 'AVAILABLE' : made.execution;
        else made.reason = it.noChange;
      });
      return { Id: made.id, StackId: stack.stackId };
    },

    async describeChangeSet({ ChangeSetName, StackName, NextToken }) {
      const found = knownChangeSet(it, ChangeSetName, StackName);
      const { items, next } = pageOf(
        found.status === 'CREATE_COMPLETE' ? found.changes : [],
        pageSizes.changes,
        NextToken,
      );
      return {
        ChangeSetId: found.id,
        ChangeSetName: found.name,
        StackId: found.stackId,
        Description: found.description,
        Status: found.status,
        StatusReason: found.reason,
        ExecutionStatus: found.execution,
        Parameters: found.input.Parameters,
        Tags: found.input.Tags,
        Capabilities: found.input.Capabilities,
        NotificationARNs: found.input.NotificationARNs,
        Changes: items.map((ResourceChange) => ({ Type: 'Resource', ResourceChange })),
        ...optional('NextToken', next),
      };
    },

    async deleteChangeSet({ ChangeSetName }) {
      const at = it.changeSets.findIndex((each) => each.id === ChangeSetName);
      if (at >= 0 && !it.changeSets[at]?.execution.startsWith('EXECUTE_')) it.changeSets.splice(at, 1);
      return {};
    },

    async executeChangeSet({ ChangeSetName, ClientRequestToken, DisableRollback }) {
      const found = knownChangeSet(it, ChangeSetName);
      if (found.executedWith === ClientRequestToken)
        throw serviceError('TokenAlreadyExistsException', 'A client request token already exists.');
      if (found.execution !== 'AVAILABLE')
        throw serviceError(
          'InvalidChangeSetStatusException',
          `ChangeSet [${found.id}] cannot be executed in its current execution status of [${found.execution}]`,
        );
      const stack = knownStack(it, found.stackId);
      if (readinessOf(stack.status) === 'busy')
        throw serviceError(
          'InvalidChangeSetStatusException',
          `An operation on ${stack.stackId} is in ${stack.status} state`,
        );
      // Executing one deletes all others: they were made for an earlier state of the stack.
      it.changeSets.splice(
        0,
        it.changeSets.length,
        ...it.changeSets.filter((each) => each.stackId !== stack.stackId || each === found),
      );
      found.execution = 'EXECUTE_IN_PROGRESS';
      found.executedWith = ClientRequestToken;
      stack.changeSetId = found.id;
      stack.tags = found.tags;
      it.journal.push({
        kind: 'executed',
        at: it.clock.now(),
        by: it.caller,
        stackId: stack.stackId,
        changeSetId: found.id,
        token: ClientRequestToken,
        template: found.template,
      });
      if (found.type === 'CREATE') runCreate(it, stack, found, ClientRequestToken, DisableRollback ?? false);
      else runUpdate(it, stack, found, ClientRequestToken);
      return {};
    },

    async getTemplate({ StackName, ChangeSetName }) {
      return {
        TemplateBody: ChangeSetName
          ? knownChangeSet(it, ChangeSetName).template
          : knownStack(it, StackName ?? '').template,
      };
    },

    async describeStackEvents({ StackName, NextToken }) {
      const stack = findStack(it, StackName);
      if (!stack) throw validationError(`Stack [${StackName}] does not exist`);
      const { items, next } = pageOf([...stack.events].reverse(), pageSizes.events, NextToken);
      return {
        StackEvents: items.map((each) => ({
          EventId: each.id,
          StackId: each.stackId,
          LogicalResourceId: each.logicalId,
          PhysicalResourceId: each.physicalId,
          ResourceType: each.type,
          ResourceStatus: each.status,
          Timestamp: new Date(each.at),
          ...optional('ResourceStatusReason', each.reason),
          ...optional('ClientRequestToken', each.token),
        })),
        ...optional('NextToken', next),
      };
    },

    async listStackResources({ StackName, NextToken }) {
      const { items, next } = pageOf([...knownStack(it, StackName).resources.values()], pageSizes.resources, NextToken);
      return {
        StackResourceSummaries: items.map((each) => ({
          LogicalResourceId: each.logicalId,
          PhysicalResourceId: each.physicalId,
          ResourceType: each.type,
          ResourceStatus: each.status,
          ...optional('ResourceStatusReason', each.reason),
        })),
        ...optional('NextToken', next),
      };
    },

    async deleteStack({ StackName, ClientRequestToken, RetainResources }) {
      const stack = findStack(it, StackName);
      if (!stack || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return {};
      if (stack.isProtected)
        throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
      if (/^(UPDATE|UPDATE_ROLLBACK)_.*IN_PROGRESS$/.test(stack.status))
        throw validationError(`Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
      if (RetainResources?.length && stack.status !== 'DELETE_FAILED')
        throw validationError(
          `Invalid operation on stack [${stack.stackId}]. RetainResources can only be given in DELETE_FAILED state.`,
        );
      it.journal.push({
        kind: 'delete-begun',
        at: it.clock.now(),
        by: it.caller,
        stackId: stack.stackId,
        from: stack.status,
      });
      runDelete(it, stack, ClientRequestToken, RetainResources ?? []);
      return {};
    },

    async continueUpdateRollback({ StackName, ClientRequestToken, ResourcesToSkip }) {
      const stack = knownStack(it, StackName);
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED' || !stack.resume)
        throw validationError(
          `Stack:${stack.stackId} is in ${stack.status} state and can not continue update rollback.`,
        );
      it.journal.push({ kind: 'resumed', at: it.clock.now(), by: it.caller, stackId: stack.stackId });
      stack.resume(ResourcesToSkip ?? [], ClientRequestToken);
      return {};
    },

    async cancelUpdateStack({ StackName, ClientRequestToken }) {
      const stack = knownStack(it, StackName);
      if (stack.status !== 'UPDATE_IN_PROGRESS' || !stack.cancel)
        throw validationError('CancelUpdateStack cannot be called from current stack status');
      stack.cancel(ClientRequestToken);
      return {};
    },

    async detectStackDrift({ StackName }) {
      const stack = knownStack(it, StackName);
      if ([...it.detections.values()].includes('DETECTION_IN_PROGRESS'))
        throw validationError(`Drift detection is already in progress for stack ${stack.stackId}`);
      const id = `detection-${++it.serial}`;
      it.detections.set(id, 'DETECTION_IN_PROGRESS');
      it.clock.after(20_000, () => it.detections.set(id, 'DETECTION_COMPLETE'));
      return { StackDriftDetectionId: id };
    },

    async describeStackDriftDetectionStatus({ StackDriftDetectionId }) {
      const DetectionStatus = it.detections.get(StackDriftDetectionId);
      return {
        ...optional('DetectionStatus', DetectionStatus),
        StackDriftStatus: it.drifts.length > 0 ? 'DRIFTED' : 'IN_SYNC',
      };
    },

    async describeStackResourceDrifts({ StackName, NextToken }) {
      const resources = [...knownStack(it, StackName).resources.values()];
      const all = resources.map(
        ({ logicalId, physicalId, type }) =>
          it.drifts.find((each) => each.LogicalResourceId === logicalId) ?? {
            LogicalResourceId: logicalId,
            PhysicalResourceId: physicalId,
            ResourceType: type,
            StackResourceDriftStatus: 'IN_SYNC',
          },
      );
      const { items, next } = pageOf(all, pageSizes.resources, NextToken);
      return { StackResourceDrifts: items, ...optional('NextToken', next) };
    },
  };
}
