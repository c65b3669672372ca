// The guards of a stack set's template: its owner, its effects on each stack, and the machines that would be removed.
import type { Problem } from '@i2kit/common';
import { printable, type StackSetAdapter, type StackSetReview } from '@i2kit/runner';
import type { Context } from '../../context.ts';
import { isGuarded } from '../../guardTable.ts';
import type { DesiredStack, Owner } from '../../ports/aws.ts';
import { guardProblems, templateEffects } from '../../review/guards.ts';
import { machineCounts, machineRemovalProblems } from '../../review/removals.ts';

const change = 'apply --regions';

/** A problem for each guarded change that no flag names. */
export async function stackSetProblems(
  context: Context,
  { port }: StackSetAdapter,
  review: Extract<StackSetReview, { kind: 'stack-set' }>,
  { template, owner }: DesiredStack,
  /** Stacks of the set, including those that the change removes. */
  stacks: number,
): Promise<readonly Problem[]> {
  if (review.base === undefined) return [];
  const { values } = context;
  const { StackSet: set } = await port.describeStackSet({ StackSetName: review.stackName });
  const tags = Object.fromEntries((set?.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  const foreign = isGuarded('owner', change) ? foreignOwner(review.stackName, tags, owner) : [];
  if (foreign.length > 0) return foreign;
  const former = set?.TemplateBody ?? '';
  const effects = await templateEffects(context, review, { former, now: template });
  return [
    ...guardProblems(effects, values),
    ...(isGuarded('removal', change) && owner.app !== undefined
      ? machineRemovalProblems(owner.app, machineCounts(placeChanges(review, former, template, stacks)), values)
      : []),
  ];
}

function foreignOwner(name: string, tags: Readonly<Record<string, unknown>>, owner: Owner): readonly Problem[] {
  if (tags['i2kit:env'] === owner.env && tags['i2kit:app'] === owner.app) return [];
  const [env, app] = [tags['i2kit:env'], tags['i2kit:app']];
  const of =
    app === undefined ? 'not managed by i2kit, by its tags' : `that of the app ${app} in the environment ${env}`;
  const message = `The stack set ${name} already exists and is ${of}. Rename this app or its environment.`;
  return [{ message: printable(message) }];
}

/** One change for each stack of the set: its machines count in every place. */
function placeChanges(
  { stackName, create, remove }: Extract<StackSetReview, { kind: 'stack-set' }>,
  before: string,
  after: string,
  stacks: number,
) {
  const of = (count: number, old: string, now: string) =>
    Array.from({ length: count }, () => ({ stackName, before: old, after: now }));
  return [
    ...of(stacks - remove.length, before, after),
    ...of(create.length, '', after),
    ...of(remove.length, before, ''),
  ];
}
