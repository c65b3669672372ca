// Reviews a change to a stack set, and checks before its execution that the review still holds.

import { templateHash } from '../deploy/stackInput.ts';
import type { StackInstanceTargets, StackSetPort } from '../ports/stackSets.ts';
import { type AccountRegion, assertAccountRegion } from '../run/accountRegion.ts';
import type { Clients } from '../run/clients.ts';
import type { Result } from '../run/result.ts';
import {
  type Run,
  type RunGenerator,
  type RunOptions,
  RunStopped,
  refusalOf,
  runToValue,
  startRun,
} from '../run/run.ts';
import { type EndangeredResource, endangeredText, notAllowed } from '../stack/dataLossGuard.ts';
import { describeStackSet } from './describe.ts';
import { type StackSetInput, stackSetHash } from './input.ts';
import {
  accountRegionTextOf,
  changedSettings,
  missingInstances,
  outdatedInstances,
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

export function stackSetReviewOf(
  view: StackSetState | undefined,
  input: StackSetInput,
  place: AccountRegion,
): StackSetReview {
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

/** The reviewed set, or the set that an earlier run of the same input has made from it. */
export function assertStillReviewed(
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

/** Refuses to lose resources that no name in `allowReplace` allows. */
export function assertNothingEndangered(
  run: Run,
  endangered: readonly EndangeredResource[],
  allowReplace: readonly string[] | undefined,
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
