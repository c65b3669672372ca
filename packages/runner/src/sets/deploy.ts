// The life of a stack set's deployment, told in one place.
//
//   review ─► place asserted ─► still what was reviewed ─► an operation of ours under way: watched
//     ─► set made ─► set and its stacks updated ─► stacks made where they are missing ─► stacks deleted where they are not wanted
//     ─► every stack current: succeeded
//
// Each step is decided by what is there, so that a run that was killed anywhere is carried on by the next one.
import { again, attempt, giveUp } from '../call.ts';
import type { Clients } from '../clients.ts';
import type { RunEvent } from '../events/catalog.ts';
import { type Endangered, inWords, unasked } from '../guard.ts';
import { templateHash } from '../hash.ts';
import { assertPlace, type Place } from '../identity.ts';
import type { Action } from '../ports/cloudformation.ts';
import type { CreateStackSetInput, Places, StackSetPort } from '../ports/stacksets.ts';
import type { Result } from '../result.ts';
import { begin, caught, conclude, ending, type Run, type RunOptions, refuse, type Steps, say, stop } from '../run.ts';
import { uploaded } from '../upload.ts';
import { endangeredBy, worthIn } from './guard.ts';
import { operationId, operationPrefix, type SetInput, setHash } from './input.ts';
import { newestOperation, setOf } from './look.ts';
import { begun, type Ended, failure, underWay, watched } from './operate.ts';
import { differences, extra, missing, modelOf, outdated, placeOf, placesOf, preferencesFor, type SetView } from './plan.ts';

/** What would be done to a stack set; bound to what the set is now and to the hash of what is asked for. Plain data. */
export type SetReview =
  | (Place & {
      readonly kind: 'stack-set';
      readonly version: 1;
      readonly stackName: string;
      readonly inputHash: string;
      readonly templateHash: string;
      /** The set that is there, and its template's hash; absent where there is none yet. */
      readonly base?: { readonly setId: string; readonly templateHash: string };
      /** What of the set differs. */
      readonly changed: readonly string[];
      /** `account/region` of stacks that are changed (or tried again), made and deleted; of units: `unit/region`. */
      readonly update: readonly string[];
      readonly create: readonly string[];
      readonly remove: readonly string[];
      /** What `deploySet` refuses unless it is named: resources by logical id, and stacks with data by `account/region`. */
      readonly endangered: readonly Endangered[];
    })
  | { readonly kind: 'blocked'; readonly version: 1; readonly stackName: string; readonly result: Result };

export interface SetOptions extends RunOptions {
  readonly allowReplace?: readonly string[];
  /** Leave as soon as CloudFormation has taken the first operation. */
  readonly detach?: boolean;
}

/** Reads alone. */
export async function reviewSet(clients: Clients, port: StackSetPort, input: SetInput, options: RunOptions = {}): Promise<SetReview> {
  const run = begin(clients, input.name, options, `i2kit apply ${input.name}`);
  let made: SetReview | undefined;
  async function* inner(): Steps<Result> {
    const place = yield* assertPlace(run, input.expect ?? {});
    made = reviewed(yield* setOf(run, port, input.name), input, place);
    return conclude(run, 'unchanged', '');
  }
  const steps = caught(inner());
  for (;;) {
    const step = await steps.next();
    if (step.done) return made ?? { kind: 'blocked', version: 1, stackName: input.name, result: step.value };
  }
}

function reviewed(view: SetView | undefined, input: SetInput, place: Place): SetReview {
  const now = view ?? { id: '', set: {}, instances: [] };
  const changed = view ? differences(view, input) : [];
  const removed = extra(now, input);
  const kept = now.instances.filter((each) => !removed.includes(each));
  const held = worthIn(now.set.TemplateBody ?? '');
  const names = ({ Accounts, DeploymentTargets, Regions }: Places) =>
    (Accounts ?? DeploymentTargets?.OrganizationalUnitIds ?? []).flatMap((one) => Regions.map((region) => `${one}/${region}`));
  return {
    kind: 'stack-set',
    version: 1,
    stackName: input.name,
    ...place,
    inputHash: setHash(input),
    templateHash: templateHash(input.template),
    ...(view && { base: { setId: view.id, templateHash: templateHash(view.set.TemplateBody ?? '') } }),
    changed,
    update: (changed.length > 0 ? kept : outdated(now, input)).map(placeOf).sort(),
    create: missing(now, input).flatMap(names).sort(),
    remove: removed.map(placeOf).sort(),
    endangered: [
      ...(view ? endangeredBy(view.set.TemplateBody ?? '', input.template) : []),
      ...(held.length === 0 ? [] : removed.map((each): Endangered => stackAtRisk(placeOf(each), each.StackId))),
    ],
  };
}

const stackAtRisk = (logicalId: string, physicalId = ''): Endangered => ({
  logicalId,
  physicalId,
  type: 'AWS::CloudFormation::Stack',
  worth: 'data',
  how: 'deleted',
});

/**
 * Makes the set what was reviewed, and waits for every stack. Never throws for what the outside world does.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackSet.html
 */
export async function* deploySet(
  clients: Clients,
  port: StackSetPort,
  review: SetReview,
  input: SetInput,
  options: SetOptions = {},
): AsyncGenerator<RunEvent, void, void> {
  const run = begin(clients, input.name, options, `i2kit apply ${input.name}`);
  yield* ending(run, deployed(run, port, review, input, options));
}

async function* deployed(run: Run, port: StackSetPort, review: SetReview, input: SetInput, options: SetOptions): Steps<Result> {
  if (review.kind === 'blocked') return review.result;
  const hash = setHash(input);
  if (hash !== review.inputHash) {
    return refuse(run, 'changed-input', 'What was reviewed is not what would be executed: the input has changed since. Plan again.');
  }
  const place = yield* assertPlace(run, review);
  let view = yield* setOf(run, port, input.name);
  still(run, review, view);
  // Reviewed anew: a review file is only a file.
  const now = reviewed(view, input, place);
  if (now.kind === 'stack-set') guarded(run, now.endangered, options);
  if (view && view.set.PermissionModel !== undefined && view.set.PermissionModel !== modelOf(input)) {
    throw stop(
      refuse(
        run,
        'invalid',
        `The stack set is ${view.set.PermissionModel}, and ${modelOf(input)} is asked for: that cannot be changed. Nothing was started.`,
      ),
    );
  }
  let did = false;
  let bad: Ended | undefined;
  const operated = async function* (ours: string): Steps<boolean> {
    did = true;
    const end = yield* watched(run, port, ours);
    if (end.status !== 'SUCCEEDED') bad = end;
    return end.status === 'SUCCEEDED';
  };
  const operate = async function* (action: Action, what: unknown, send: (OperationId: string) => Promise<unknown>): Steps<boolean> {
    const before = (yield* newestOperation(run, port, input.name))?.OperationId ?? '';
    const id = operationId(hash, JSON.stringify([action, what]), view?.id ?? '', before);
    const taken = yield* begun(run, port, { action, id, prefix: operationPrefix(hash) }, () => send(id));
    if (options.detach) throw stop(conclude(run, 'detached', `The stack set ${input.name} goes on in AWS; watch it with: ${run.command}`));
    return yield* operated(taken);
  };
  const earlier = view && (yield* underWay(run, port, operationPrefix(hash)));
  if (earlier !== undefined) {
    yield say(run, 'I2K814', 'An earlier run of the same input is under way; watching it.', { token: earlier });
    run.seen.begun = 'yes';
    if (options.detach) return conclude(run, 'detached', `The stack set ${input.name} goes on in AWS; watch it with: ${run.command}`);
    if (!(yield* operated(earlier))) return failure(run, bad as Ended, 'deployed');
    view = yield* setOf(run, port, input.name);
  }
  const body = yield* bodyOf(run, input);
  if (!view) {
    yield* created(run, port, { ...body, ClientRequestToken: `${operationPrefix(hash)}set` });
    did = true;
    view = yield* setOf(run, port, input.name);
    if (!view) return refuse(run, 'obsolete', `The stack set ${input.name} was deleted meanwhile. Plan again.`);
  }
  const setId = view.id;
  if (differences(view, input).length > 0 || outdated(view, input).length > 0) {
    const preferences = preferencesFor(input, [...new Set(view.instances.map(({ Region = '' }) => Region))]);
    const { PermissionModel: _, ...rest } = body;
    const ok = yield* operate('UpdateStackSet', 'update', (OperationId) =>
      port.updateStackSet({ ...rest, OperationId, ...(view?.instances.length ? { OperationPreferences: preferences } : {}) }),
    );
    if (!ok) return failure(run, bad as Ended, 'updated');
    view = (yield* setOf(run, port, input.name)) ?? view;
  }
  for (const places of missing(view, input)) {
    const ok = yield* operate('CreateStackInstances', places, (OperationId) =>
      port.createStackInstances({
        StackSetName: input.name,
        ...places,
        OperationId,
        OperationPreferences: preferencesFor(input, places.Regions),
      }),
    );
    if (!ok) return failure(run, bad as Ended, 'deployed');
  }
  for (const places of placesOf(extra(view, input))) {
    const ok = yield* operate('DeleteStackInstances', places, (OperationId) =>
      port.deleteStackInstances({
        StackSetName: input.name,
        ...places,
        OperationId,
        OperationPreferences: preferencesFor(input, places.Regions),
        RetainStacks: false,
      }),
    );
    if (!ok) return failure(run, bad as Ended, 'reduced');
  }
  return yield* concluded(run, port, input, setId, did);
}

/** The set that was reviewed, or what an earlier run of the same input has made of it by now. */
function still(run: Run, review: Extract<SetReview, { kind: 'stack-set' }>, view: SetView | undefined): void {
  const { base } = review;
  const hash = view && templateHash(view.set.TemplateBody ?? '');
  const same = base === undefined ? view === undefined : view?.id === base.setId && hash === base.templateHash;
  const ours = hash === review.templateHash && (base === undefined || view?.id === base.setId);
  if (!same && !ours) throw stop(refuse(run, 'obsolete', `The stack set ${run.stackName} is no longer what was reviewed. Plan again.`));
}

function guarded(run: Run, endangered: readonly Endangered[], { allowReplace }: SetOptions): void {
  const harm = unasked(endangered, allowReplace);
  if (harm.length === 0) return;
  throw stop(
    refuse(run, harm.some(({ worth }) => worth === 'data') ? 'data' : 'replacement', `${inWords(harm)}. Nothing was started.`, {
      hint: `Where it is meant: ${harm.map(({ logicalId }) => `--allow-replace ${logicalId}`).join(' ')}.`,
    }),
  );
}

async function* bodyOf(run: Run, input: SetInput): Steps<Omit<CreateStackSetInput, 'ClientRequestToken'>> {
  const url = yield* uploaded(run, input.template, templateHash(input.template));
  return {
    StackSetName: input.name,
    ...(url ? { TemplateURL: url } : { TemplateBody: input.template }),
    Parameters: Object.entries(input.parameters ?? {}).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    Tags: Object.entries(input.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    PermissionModel: modelOf(input),
    ...('units' in input.targets ? { AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false } } : {}),
    ...(input.administrationRoleArn ? { AdministrationRoleARN: input.administrationRoleArn } : {}),
    ...(input.executionRoleName ? { ExecutionRoleName: input.executionRoleName } : {}),
  };
}

/** The token lets a second request for the same set be answered as the first was. */
async function* created(run: Run, port: StackSetPort, request: CreateStackSetInput): Steps<void> {
  for (let tries = 0; ; tries++) {
    const answer = yield* attempt(run, 'CreateStackSet', () => port.createStackSet(request));
    if (answer.ok) break;
    if (/^NameAlreadyExists/.test(answer.fault.name)) {
      // An answer was lost, or another was faster: what is there tells.
      const there = yield* setOf(run, port, request.StackSetName);
      if (templateHash(there?.set.TemplateBody ?? '') === templateHash(request.TemplateBody ?? '') || request.TemplateURL) break;
      throw stop(refuse(run, 'obsolete', `Another run has made the stack set ${run.stackName}. Plan again.`));
    }
    if (answer.fault.kind !== 'transient') throw giveUp(run, 'CreateStackSet', answer.fault);
    yield* again(run, 'CreateStackSet', answer.fault, tries);
  }
  yield say(run, 'I2K886', `The stack set ${run.stackName} is made.`, { name: run.stackName });
}

/** Success is every stack that is wanted, there and current; an operation may have succeeded within its tolerance. */
async function* concluded(run: Run, port: StackSetPort, input: SetInput, setId: string, did: boolean): Steps<Result> {
  const view = yield* setOf(run, port, input.name);
  if (!view || view.id !== setId) return refuse(run, 'obsolete', `The stack set ${input.name} was replaced by another run. Plan again.`);
  const behind = outdated(view, input);
  if (behind.length > 0) {
    const ended = { status: 'SUCCEEDED', reason: '', failed: behind.map((each) => ({ ...each, Status: 'FAILED' })) };
    return failure(run, ended, 'deployed everywhere, within the tolerance');
  }
  const rest = { stackId: setId, status: 'ACTIVE' };
  if (!did) return conclude(run, 'unchanged', `The stack set ${input.name} is as it should be; there was nothing to do.`, rest);
  return conclude(run, 'succeeded', `The stack set ${input.name} is current: ${view.instances.length} stacks.`, rest);
}
