// Single grants of policies, and which grants of one set no grant of another set covers.
import { canonicalJson, isObject, isSameJson, type Json } from '@i2kit/common';
import { areDisjoint, type Pattern, patternCovers } from './patterns.ts';

/** The texts that match one of the patterns, or with `except`, all others. */
export interface Selection {
  readonly except: boolean;
  readonly patterns: readonly Pattern[];
}

export interface Grant {
  /**
   * `trust`: who may assume the role; `policy`: an attached managed policy; `attachment`: the owner of the policy; `unreadable`: a
   * part that may be any of these, and may also deny.
   */
  readonly kind: 'statement' | 'trust' | 'policy' | 'attachment' | 'unreadable';
  readonly effect: 'Allow' | 'Deny';
  readonly action: Selection;
  readonly resource: Selection;
  readonly principal: Selection;
  /** Absent: none. */
  readonly condition?: Condition;
}

export interface Condition {
  readonly value: Json;
  /** True if `${…}` is a variable of the request. */
  readonly variables: boolean;
}

export const single = (pattern: Pattern): Selection => ({ except: false, patterns: [pattern] });

/** The additional rights of `after`: an Allow that `before` does not cover, and a Deny that it lacks. An unreadable part may be either. */
export const addedGrants = (before: readonly Grant[], after: readonly Grant[]): readonly Grant[] => [
  ...after.filter((grant) => mayAllow(grant) && !before.some((other) => grantCovers(other, grant))),
  ...before.filter((grant) => mayDeny(grant) && !after.some((other) => grantCovers(other, grant))),
];

const mayAllow = ({ effect, kind }: Grant): boolean => effect === 'Allow' || kind === 'unreadable';
export const mayDeny = ({ effect, kind }: Grant): boolean => effect === 'Deny' || kind === 'unreadable';

const grantCovers = (wide: Grant, narrow: Grant): boolean =>
  wide.kind === narrow.kind &&
  wide.effect === narrow.effect &&
  selectionCovers(wide.action, narrow.action) &&
  selectionCovers(wide.resource, narrow.resource) &&
  selectionCovers(wide.principal, narrow.principal) &&
  conditionCovers(wide.condition, narrow.condition);

/** True if the wide selection has every text of the narrow one. False if that is not certain. */
function selectionCovers(wide: Selection, narrow: Selection): boolean {
  const [some, others] = [wide.patterns, narrow.patterns];
  if (!wide.except && !narrow.except)
    return others.every((pattern) => some.some((each) => patternCovers(each, pattern)));
  if (wide.except && narrow.except)
    return some.every((excluded) => others.some((pattern) => patternCovers(pattern, excluded)));
  if (wide.except) return others.every((pattern) => some.every((excluded) => areDisjoint(excluded, pattern)));
  return some.some(({ tokens }) => tokens.length === 1 && tokens[0] === '\0*');
}

/** All parts of a condition must hold: one with the same parts and more is narrower. */
function conditionCovers(wide: Condition | undefined, narrow: Condition | undefined): boolean {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  const sameVariables = wide.variables === narrow.variables || !canonicalJson([wide, narrow]).includes('${');
  if (!sameVariables) return false;
  if (isSameJson(wide.value, narrow.value)) return true;
  if (!isReadable(wide.value) || !isReadable(narrow.value)) return false;
  const parts = partsOf(narrow.value);
  return [...partsOf(wide.value)].every(([key, value]) => parts.get(key) === value);
}

type Operators = { readonly [operator: string]: { readonly [key: string]: Json } };

const isReadable = (value: Json): value is Operators =>
  isObject(value) &&
  Object.values(value).every(isObject) &&
  [value, ...Object.values(value)].every(
    (each) => isObject(each) && Object.keys(each).every((key) => key !== 'Ref' && !key.startsWith('Fn::')),
  );

const partsOf = (value: Operators): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(value).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, each]) => [canonicalJson([operator, key]), canonicalJson(each)] as const),
    ),
  );
