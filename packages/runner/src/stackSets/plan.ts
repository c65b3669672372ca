// Plans the changes from a stack set's current state to the desired one: the stacks to update, create and delete.
// Pure.
import { compareEntries } from '@i2kit/common';
import { templateHash } from '../deploy/stackInput.ts';
import type {
  OperationPreferences,
  StackInstance,
  StackInstanceTargets,
  StackSetDescription,
} from '../ports/stackSets.ts';
import type { StackSetInput } from './input.ts';

export interface StackSetState {
  readonly id: string;
  readonly set: StackSetDescription;
  readonly instances: readonly StackInstance[];
}

/** `123456789012/eu-west-1` */
export const accountRegionTextOf = ({ Account = '', Region = '' }: Pick<StackInstance, 'Account' | 'Region'>): string =>
  `${Account}/${Region}`;

const canonicalPairs = (pairs: readonly (readonly [string, string])[]): string =>
  JSON.stringify([...pairs].sort(compareEntries));

/** Differences of the set itself, as text; empty if there are none. */
export function changedSettings({ set }: StackSetState, input: StackSetInput): readonly string[] {
  const parameters = (set.Parameters ?? []).map(
    ({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue] as const,
  );
  // Parameters that are not given have their defaults.
  const given = parameters.filter(([key]) => key in (input.parameters ?? {}));
  const tags = (set.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return [
    ...(templateHash(set.TemplateBody ?? '') === templateHash(input.template) ? [] : ['template']),
    ...(canonicalPairs(given) === canonicalPairs(Object.entries(input.parameters ?? {})) ? [] : ['parameters']),
    ...(canonicalPairs(tags) === canonicalPairs(Object.entries(input.tags ?? {})) ? [] : ['tags']),
    ...(input.administrationRoleArn === undefined || set.AdministrationRoleARN === input.administrationRoleArn
      ? []
      : ['administration role']),
    ...(input.executionRoleName === undefined || set.ExecutionRoleName === input.executionRoleName
      ? []
      : ['execution role']),
  ];
}

export const permissionModelOf = ({ targets }: StackSetInput): 'SELF_MANAGED' | 'SERVICE_MANAGED' =>
  'accounts' in targets ? 'SELF_MANAGED' : 'SERVICE_MANAGED';

/** Desired stacks that exist but are not current: failed ones are retried. */
export const outdatedInstances = ({ instances }: StackSetState, input: StackSetInput): readonly StackInstance[] =>
  instances.filter((each) => each.Status !== 'CURRENT' && isDesired(each, input));

const isDesired = (
  { Account = '', Region = '', OrganizationalUnitId = '' }: StackInstance,
  { targets, regions }: StackSetInput,
): boolean =>
  regions.includes(Region) &&
  ('accounts' in targets ? targets.accounts.includes(Account) : targets.units.includes(OrganizationalUnitId));

/** Missing stacks, in as few operations as possible, each accounts (or units) by regions. */
export function missingInstances(
  { set, instances }: StackSetState,
  { targets, regions }: StackSetInput,
): readonly StackInstanceTargets[] {
  if ('accounts' in targets) {
    const there = new Set(instances.map(accountRegionTextOf));
    return groupedByRegions(targets.accounts, (Account) =>
      regions.filter((Region) => !there.has(accountRegionTextOf({ Account, Region }))),
    ).map(([Accounts, Regions]) => ({
      Accounts,
      Regions,
    }));
  }
  // A unit may have no account, so the set's own targets count.
  const units = set.OrganizationalUnitIds ?? [];
  const places = set.Regions ?? [];
  return groupedByRegions(targets.units, (unit) =>
    regions.filter((region) => !units.includes(unit) || !places.includes(region)),
  ).map(([ids, Regions]) => ({
    DeploymentTargets: { OrganizationalUnitIds: ids },
    Regions,
  }));
}

/** Stacks that are no longer desired. */
export const surplusInstances = ({ instances }: StackSetState, input: StackSetInput): readonly StackInstance[] =>
  instances.filter((each) => !isDesired(each, input));

/** The operations that delete these stacks. */
export function instanceTargetsOf(instances: readonly StackInstance[]): readonly StackInstanceTargets[] {
  const units = instances.some(({ OrganizationalUnitId }) => OrganizationalUnitId);
  const key = ({ Account = '', OrganizationalUnitId = '' }: StackInstance) => (units ? OrganizationalUnitId : Account);
  const keys = [...new Set(instances.map(key))];
  const regionsOf = (one: string) =>
    [...new Set(instances.filter((each) => key(each) === one).map(({ Region = '' }) => Region))].sort();
  return groupedByRegions(keys, regionsOf).map(([ids, Regions]) =>
    units ? { DeploymentTargets: { OrganizationalUnitIds: ids }, Regions } : { Accounts: ids, Regions },
  );
}

/** Grouped by equal regions; in an order that does not depend on the input's. */
function groupedByRegions(
  keys: readonly string[],
  regionsOf: (key: string) => readonly string[],
): readonly (readonly [string[], string[]])[] {
  const found = new Map<string, [string[], string[]]>();
  for (const key of [...keys].sort()) {
    const regions = regionsOf(key);
    if (regions.length === 0) continue;
    const group = found.get(regions.join()) ?? [[], [...regions]];
    group[0].push(key);
    found.set(regions.join(), group);
  }
  return [...found.values()];
}

/** The regions of an operation in the user's order, and its concurrency. */
export const operationPreferencesOf = (
  { preferences = {}, regions }: Pick<StackSetInput, 'preferences' | 'regions'>,
  places: readonly string[],
): OperationPreferences => ({
  ...preferences,
  RegionOrder: [
    ...regions.filter((each) => places.includes(each)),
    ...places.filter((each) => !regions.includes(each)),
  ],
});
