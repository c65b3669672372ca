// Reviews and deploys a stack set: the whole sequence in one place.
//
//   review ─► account and region verified ─► still as reviewed ─► own operation in progress: watched
//     ─► set created ─► set and its stacks updated ─► missing stacks created ─► undesired stacks deleted
//     ─► every stack current: succeeded
//
// Each step is decided by the current state, so that the next run continues a killed one.

import { templateHash } from '../deploy/stackInput.ts';
import { uploadTemplate } from '../deploy/uploadTemplate.ts';
import type { RunEvent } from '../events/catalog.ts';
import type { ApiAction } from '../ports/cloudFormation.ts';
import type { CreateStackSetInput, StackInstanceTargets, StackSetPort } from '../ports/stackSets.ts';
import { type AccountRegion, assertAccountRegion } from '../run/accountRegion.ts';
import { callAtMostOnce, callFailure, reportAndBackOff } from '../run/calls.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import {
  type Run,
  type RunGenerator,
  type RunOptions,
  RunStopped,
  refusalOf,
  resultOf,
  runEvent,
  runToResult,
  runToValue,
  startRun,
} from '../run/run.ts';
import { type EndangeredResource, endangeredText, notAllowed } from '../stack/dataLossGuard.ts';
import { describeStackSet, readNewestOperation } from './describe.ts';
import { operationId, operationPrefix, type StackSetInput, stackSetHash } from './input.ts';
import {
  type EndedOperation,
  findOwnOperation,
  stackSetFailure,
  startOperation,
  watchStackSetOperation,
} from './operation.ts';
import {
  accountRegionTextOf,
  changedSettings,
  instanceTargetsOf,
  missingInstances,
  operationPreferencesOf,
  outdatedInstances,
  permissionModelOf,
  type StackSetState,
  surplusInstances,
} from './plan.ts';
import { dataResourcesIn, endangeredByTemplateChange } from './templateGuard.ts';

/** The changes to a stack set; bound to its current state and to the hash of the input. Plain data. */
export type StackSetReview =
  | (AccountRegion & {
      readonly kind: 'stack-set';
      readonly version: 1;
      readonly stackName: string;
      readonly inputHash: string;
      readonly templateHash: string;
      /** The existing set, and its template's hash; absent if there is none yet. */
      readonly base?: { readonly setId: string; readonly templateHash: string };
      /** The differences of the set itself. */
      readonly changed: readonly string[];
      /**
       * `account/region` of stacks to update (or retry), create and delete; for organizational units: `unit/region`.
       */
      readonly update: readonly string[];
      readonly create: readonly string[];
      readonly remove: readonly string[];
      /**
       * Resources (logical ids) and stacks with data (`account/region`) that `deploySet` refuses to lose without
       * permission.
       */
      readonly endangered: readonly EndangeredResource[];
    })
  | { readonly kind: 'blocked'; readonly version: 1; readonly stackName: string; readonly result: Result };

export interface StackSetOptions extends RunOptions {
  readonly allowReplace?: readonly string[];
  /** Return as soon as CloudFormation has accepted the first operation. */
  readonly detach?: boolean;
}

/** Read-only. */
export async function reviewStackSet(
  clients: Clients,
  port: StackSetPort,
  input: StackSetInput,
  options: RunOptions = {},
): Promise<StackSetReview> {
  const run = startRun(clients, input.name, options, `i2kit apply ${input.name}`);
  async function* steps(): RunGenerator<StackSetReview> {
    const place = yield* assertAccountRegion(run, input.expect ?? {});
    return stackSetReviewOf(yield* describeStackSet(run, port, input.name), input, place);
  }
  const made = await runToValue(steps());
  return made.ok ? made.value : { kind: 'blocked', version: 1, stackName: input.name, result: made.problems[0] };
}

function stackSetReviewOf(view: StackSetState | undefined, input: StackSetInput, place: AccountRegion): StackSetReview {
  const now = view ?? { id: '', set: {}, instances: [] };
  const changed = view ? changedSettings(view, input) : [];
  const removed = surplusInstances(now, input);
  const kept = now.instances.filter((each) => !removed.includes(each));
  const held = dataResourcesIn(now.set.TemplateBody ?? '');
  const names = ({ Accounts, DeploymentTargets, Regions }: StackInstanceTargets) =>
    (Accounts ?? DeploymentTargets?.OrganizationalUnitIds ?? []).flatMap((one) =>
      Regions.map((region) => `${one}/${region}`),
    );
  return {
    kind: 'stack-set',
    version: 1,
    stackName: input.name,
    ...place,
    inputHash: stackSetHash(input),
    templateHash: templateHash(input.template),
    ...(view && { base: { setId: view.id, templateHash: templateHash(view.set.TemplateBody ?? '') } }),
    changed,
    update: (changed.length > 0 ? kept : outdatedInstances(now, input)).map(accountRegionTextOf).sort(),
    create: missingInstances(now, input).flatMap(names).sort(),
    remove: removed.map(accountRegionTextOf).sort(),
    endangered: [
      ...(view ? endangeredByTemplateChange(view.set.TemplateBody ?? '', input.template) : []),
      ...(held.length === 0
        ? []
        : removed.map((each): EndangeredResource => endangeredStack(accountRegionTextOf(each), each.StackId))),
    ],
  };
}

const endangeredStack = (logicalId: string, physicalId = ''): EndangeredResource => ({
  logicalId,
  physicalId,
  type: 'AWS::CloudFormation::Stack',
  worth: 'data',
  how: 'deleted',
});

/**
 * Deploys the reviewed set, and waits for every stack. Never throws errors of the outside world.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackSet.html
 */
export async function* deployStackSet(
  clients: Clients,
  port: StackSetPort,
  review: StackSetReview,
  input: StackSetInput,
  options: StackSetOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = startRun(clients, input.name, options, `i2kit apply ${input.name}`);
  yield* runToResult(run, executeStackSetReview(run, port, review, input, options));
}

async function* executeStackSetReview(
  run: Run,
  port: StackSetPort,
  review: StackSetReview,
  input: StackSetInput,
  options: StackSetOptions,
): RunGenerator<Result> {
  if (review.kind === 'blocked') return review.result;
  const hash = stackSetHash(input);
  if (hash !== review.inputHash) {
    return refusalOf(run, 'changed-input', 'The input has changed since the review. Plan again.');
  }
  const place = yield* assertAccountRegion(run, review);
  let view = yield* describeStackSet(run, port, input.name);
  assertStillReviewed(run, review, view);
  // Reviewed again: a review file may have been edited.
  const now = stackSetReviewOf(view, input, place);
  if (now.kind === 'stack-set') assertNothingEndangered(run, now.endangered, options);
  if (view && view.set.PermissionModel !== undefined && view.set.PermissionModel !== permissionModelOf(input)) {
    throw new RunStopped(
      refusalOf(
        run,
        'invalid',
        `The stack set is ${view.set.PermissionModel}, but ${permissionModelOf(input)} is requested: that cannot be changed. Nothing was started.`,
      ),
    );
  }
  let did = false;
  let bad: EndedOperation | undefined;
  const operated = async function* (ours: string): RunGenerator<boolean> {
    did = true;
    const end = yield* watchStackSetOperation(run, port, ours);
    if (end.status !== 'SUCCEEDED') bad = end;
    return end.status === 'SUCCEEDED';
  };
  const operate = async function* (
    action: ApiAction,
    what: unknown,
    send: (OperationId: string) => Promise<unknown>,
  ): RunGenerator<boolean> {
    const before = (yield* readNewestOperation(run, port, input.name))?.OperationId ?? '';
    const id = operationId(hash, JSON.stringify([action, what]), view?.id ?? '', before);
    const taken = yield* startOperation(run, port, { action, id, prefix: operationPrefix(hash) }, () => send(id));
    if (options.detach)
      throw new RunStopped(
        resultOf(run, 'detached', `The stack set ${input.name} continues in AWS; watch it with: ${run.command}`),
      );
    return yield* operated(taken);
  };
  const earlier = view && (yield* findOwnOperation(run, port, operationPrefix(hash)));
  if (earlier !== undefined) {
    yield runEvent(run, 'I2K814', 'An earlier run of the same input is in progress; watching it.', { token: earlier });
    run.state.begun = 'yes';
    if (options.detach)
      return resultOf(run, 'detached', `The stack set ${input.name} continues in AWS; watch it with: ${run.command}`);
    if (!(yield* operated(earlier))) return stackSetFailure(run, bad as EndedOperation, 'deployed');
    view = yield* describeStackSet(run, port, input.name);
  }
  const body = yield* buildStackSetBody(run, input);
  if (!view) {
    yield* createStackSet(run, port, { ...body, ClientRequestToken: `${operationPrefix(hash)}set` });
    did = true;
    view = yield* describeStackSet(run, port, input.name);
    if (!view) return refusalOf(run, 'obsolete', `The stack set ${input.name} was deleted meanwhile. Plan again.`);
  }
  const setId = view.id;
  if (changedSettings(view, input).length > 0 || outdatedInstances(view, input).length > 0) {
    const preferences = operationPreferencesOf(input, [...new Set(view.instances.map(({ Region = '' }) => Region))]);
    const { PermissionModel: _, ...rest } = body;
    const ok = yield* operate('UpdateStackSet', 'update', (OperationId) =>
      port.updateStackSet({
        ...rest,
        OperationId,
        ...(view?.instances.length ? { OperationPreferences: preferences } : {}),
      }),
    );
    if (!ok) return stackSetFailure(run, bad as EndedOperation, 'updated');
    view = (yield* describeStackSet(run, port, input.name)) ?? view;
  }
  for (const places of missingInstances(view, input)) {
    const ok = yield* operate('CreateStackInstances', places, (OperationId) =>
      port.createStackInstances({
        StackSetName: input.name,
        ...places,
        OperationId,
        OperationPreferences: operationPreferencesOf(input, places.Regions),
      }),
    );
    if (!ok) return stackSetFailure(run, bad as EndedOperation, 'deployed');
  }
  for (const places of instanceTargetsOf(surplusInstances(view, input))) {
    const ok = yield* operate('DeleteStackInstances', places, (OperationId) =>
      port.deleteStackInstances({
        StackSetName: input.name,
        ...places,
        OperationId,
        OperationPreferences: operationPreferencesOf(input, places.Regions),
        RetainStacks: false,
      }),
    );
    if (!ok) return stackSetFailure(run, bad as EndedOperation, 'reduced');
  }
  return yield* concludeDeployment(run, port, input, setId, did);
}

/** The reviewed set, or the set that an earlier run of the same input has made from it. */
function assertStillReviewed(
  run: Run,
  review: Extract<StackSetReview, { kind: 'stack-set' }>,
  view: StackSetState | undefined,
): void {
  const { base } = review;
  const hash = view && templateHash(view.set.TemplateBody ?? '');
  const same = base === undefined ? view === undefined : view?.id === base.setId && hash === base.templateHash;
  const ours = hash === review.templateHash && (base === undefined || view?.id === base.setId);
  if (!same && !ours)
    throw new RunStopped(
      refusalOf(run, 'obsolete', `The stack set ${run.stackName} has changed since the review. Plan again.`),
    );
}

function assertNothingEndangered(
  run: Run,
  endangered: readonly EndangeredResource[],
  { allowReplace }: StackSetOptions,
): void {
  const harm = notAllowed(endangered, allowReplace);
  if (harm.length === 0) return;
  throw new RunStopped(
    refusalOf(
      run,
      harm.some(({ worth }) => worth === 'data') ? 'data' : 'replacement',
      `${endangeredText(harm)}. Nothing was started.`,
      {
        hint: `To allow it: ${harm.map(({ logicalId }) => `--allow-replace ${logicalId}`).join(' ')}.`,
      },
    ),
  );
}

async function* buildStackSetBody(
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
async function* createStackSet(run: Run, port: StackSetPort, request: CreateStackSetInput): RunGenerator<void> {
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

/** Success requires every desired stack to exist and be current; an operation may succeed within its tolerance. */
async function* concludeDeployment(
  run: Run,
  port: StackSetPort,
  input: StackSetInput,
  setId: string,
  did: boolean,
): RunGenerator<Result> {
  const view = yield* describeStackSet(run, port, input.name);
  if (!view || view.id !== setId)
    return refusalOf(run, 'obsolete', `The stack set ${input.name} was replaced by another run. Plan again.`);
  const behind = outdatedInstances(view, input);
  if (behind.length > 0) {
    const ended = { status: 'SUCCEEDED', reason: '', failed: behind.map((each) => ({ ...each, Status: 'FAILED' })) };
    return stackSetFailure(run, ended, 'deployed everywhere, within the tolerance');
  }
  const rest = { stackId: setId, status: 'ACTIVE' };
  if (!did)
    return resultOf(run, 'unchanged', `The stack set ${input.name} is up to date; there was nothing to do.`, rest);
  return resultOf(run, 'succeeded', `The stack set ${input.name} is current: ${view.instances.length} stacks.`, rest);
}
