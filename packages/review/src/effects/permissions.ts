// Permissions: IAM policies as single grants that can be compared, and the effects of their changes.

import { canonicalJson, isObject, type Json, listText } from '@i2kit/common';
import { type Comparison, changesOfType, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { valueText } from '../render/format.ts';
import { isList, type Resource } from '../template.ts';
import { describeChanges, type Effect, propertyChangesOf } from './effect.ts';

// Rights: what machines and their containers may do in the account, and who may be them.

const policyTypes = [
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::RolePolicy',
  'AWS::S3::BucketPolicy',
];

export const permissionEffects = (comparison: Comparison): readonly Effect[] =>
  changesOfType(comparison, ...policyTypes).map(permissionEffect);

function permissionEffect(change: ResourceChange): Effect {
  const { id, action, before, after, replacement } = change;
  const base = {
    area: 'rights' as const,
    object: objectOfChange(change),
    ids: [id],
    changes: propertyChangesOf(change),
  };
  const [was, is] = [grantsOf(before), grantsOf(after)];
  if (action === 'add') return { ...base, verb: 'CREATE', text: `${roleNoun(change)}; ${servicesText(is)}` };
  if (action === 'remove') return { ...base, verb: 'DESTROY', text: roleNoun(change) };
  const unbound =
    before?.Properties?.['PermissionsBoundary'] !== undefined &&
    after?.Properties?.['PermissionsBoundary'] === undefined;
  const more = [...addedGrants(was, is).map(grantText), ...(unbound ? ['its permissions boundary goes'] : [])];
  const less = addedGrants(is, was).map(grantText);
  const words = [
    more.length > 0 ? `gains ${abbreviatedGrants(more)}` : '',
    less.length > 0 ? `loses ${abbreviatedGrants(less)}` : '',
  ].filter(Boolean);
  const verb = replacement === 'never' ? 'UPDATE' : 'REPLACE';
  return {
    ...base,
    verb,
    text: words.join('; ') || `${roleNoun(change)}: ${describeChanges(change)}`,
    ...(more.length > 0 && { guard: 'rights' as const }),
  };
}

const roleNoun = ({ type }: ResourceChange): string => (type === 'AWS::IAM::Role' ? 'role' : 'policy');

/** `may use autoscaling, logs and ssm`. */
function servicesText(grants: readonly Grant[]): string {
  const found = grants.flatMap(({ effect, action }) =>
    effect === 'Allow' && action.includes(':') ? [action.split(':')[0] ?? ''] : [],
  );
  const names = [...new Set(found)].sort();
  return names.length === 0 ? 'it may do nothing' : `may use ${listText(names)}`;
}

const abbreviatedGrants = (all: readonly string[]): string =>
  all.length <= 3 ? listText(all) : `${all.slice(0, 2).join(', ')} and ${all.length - 2} more`;

// What a role may do and who may be it, as single grants that can be compared.

export interface Grant {
  readonly effect: 'Allow' | 'Deny';
  /** An action, `trust` for who may take the role, or `policy` for a managed policy that is attached. */
  readonly action: string;
  readonly resource: string;
  /** JSON of what narrows it; empty where nothing does. */
  readonly condition: string;
}

export function grantsOf(resource: Resource | undefined): readonly Grant[] {
  const { AssumeRolePolicyDocument, Policies, PolicyDocument, ManagedPolicyArns } = resource?.Properties ?? {};
  return [
    ...statementsOf(AssumeRolePolicyDocument).flatMap((statement) => trustGrants(statement)),
    ...[
      ...listOf(Policies).map((each) => (isObject(each) ? each['PolicyDocument'] : undefined)),
      PolicyDocument,
    ].flatMap((document) => statementsOf(document).flatMap(statementGrants)),
    ...listOf(ManagedPolicyArns).map((arn) => ({
      effect: 'Allow' as const,
      action: 'policy',
      resource: valueText(arn),
      condition: '',
    })),
  ];
}

type Statement = { readonly [key: string]: Json };

const statementsOf = (document: Json | undefined): readonly Statement[] =>
  isObject(document) ? listOf(document['Statement']).filter((each) => isObject(each)) : [];

function statementGrants(statement: Statement): readonly Grant[] {
  const resources = listOf(statement['Resource'] ?? '*').map(valueText);
  // What is meant by `NotAction` cannot be listed: it is one grant, by its own text.
  const actions = statement['NotAction']
    ? [`all but ${listOf(statement['NotAction']).map(valueText).join(', ')}`]
    : listOf(statement['Action']).map(valueText);
  const { effect, condition } = effectAndCondition(statement);
  const principal = statement['Principal'] === undefined ? '' : ` by ${canonicalJson(statement['Principal'])}`;
  return actions.flatMap((action) =>
    resources.map((resource) => ({ effect, action, resource: `${resource}${principal}`, condition })),
  );
}

function trustGrants(statement: Statement): readonly Grant[] {
  const { effect, condition } = effectAndCondition(statement);
  const principal = statement['Principal'];
  const who = isObject(principal)
    ? Object.values(principal).flatMap(listOf).map(valueText)
    : [valueText(principal ?? '*')];
  return who.map((resource) => ({ effect, action: 'trust', resource, condition }));
}

const effectAndCondition = (statement: Statement): Pick<Grant, 'effect' | 'condition'> => ({
  effect: statement['Effect'] === 'Deny' ? 'Deny' : 'Allow',
  condition: statement['Condition'] === undefined ? '' : canonicalJson(statement['Condition']),
});

/** What one set allows beyond the other: an Allow that nothing covers, and a Deny that has gone. */
export const addedGrants = (before: readonly Grant[], after: readonly Grant[]): readonly Grant[] => [
  ...after.filter((grant) => grant.effect === 'Allow' && !before.some((other) => grantCovers(other, grant))),
  ...before.filter((grant) => grant.effect === 'Deny' && !after.some((other) => grantCovers(other, grant))),
];

const grantCovers = (wide: Grant, narrow: Grant): boolean =>
  wide.effect === narrow.effect &&
  matchesPattern(wide.action, narrow.action) &&
  matchesPattern(wide.resource, narrow.resource) &&
  (wide.condition === '' || wide.condition === narrow.condition);

/** IAM's wildcards; an action is read without case. */
function matchesPattern(pattern: string, value: string): boolean {
  if (pattern === value) return true;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 'is').test(value);
}

/** `s3:GetObject on arn:…`, `is taken by ec2.amazonaws.com`. */
export function grantText({ effect, action, resource, condition }: Grant): string {
  const narrowed = condition === '' ? '' : ', under a condition';
  if (action === 'trust') return `may be taken by ${resource}${narrowed}`;
  if (action === 'policy') return `the managed policy ${resource}`;
  return `${effect === 'Deny' ? 'no longer denied: ' : ''}${action} on ${resource === '*' ? 'everything' : shortArn(resource)}${narrowed}`;
}

/** Without what every resource of this account and region has in its ARN. */
const shortArn = (arn: string): string =>
  arn.replace(/^arn:\$\{AWS::Partition\}:[\w-]+:(\$\{AWS::Region\})?:(\$\{AWS::AccountId\})?:/, '');

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : isList(value) ? value : [value];
