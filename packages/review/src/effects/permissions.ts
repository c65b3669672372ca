// Effects on permissions: IAM policies as single grants that can be compared.

import { canonicalJson, isObject, type Json, listText } from '@i2kit/common';
import { type Comparison, changesOfType, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { valueText } from '../render/format.ts';
import { isList, type Resource, type Template } from '../template.ts';
import { describeChanges, type Effect, propertyChangesOf } from './effect.ts';

const policyTypes = [
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::RolePolicy',
  'AWS::S3::BucketPolicy',
];

export const permissionEffects = (comparison: Comparison): readonly Effect[] =>
  changesOfType(comparison, ...policyTypes).map((change) => permissionEffect(comparison, change));

function permissionEffect(comparison: Comparison, change: ResourceChange): Effect {
  const { id, action, before, after, replacement } = change;
  const base = {
    area: 'rights' as const,
    object: objectOfChange(change),
    ids: [id],
    changes: propertyChangesOf(change),
  };
  const [grantsBefore, grantsAfter] = [grantsOf(before), grantsOf(after)];
  if (action === 'add') {
    const unknown = comparison.fresh ? [] : unknownGrants(comparison, grantsAfter);
    const news = unknown.length > 0 ? `; new in this stack: ${abbreviatedGrants(unknown.map(grantText))}` : '';
    return {
      ...base,
      verb: 'CREATE',
      text: `${roleNoun(change)}; ${servicesText(grantsAfter)}${news}`,
      ...(unknown.length > 0 && { guard: 'rights' as const }),
      changes: grantsAfter.map((grant) => ({ id, path: ['(grant)'], after: grantText(grant), replacement: 'never' })),
    };
  }
  if (action === 'remove') return { ...base, verb: 'DESTROY', text: roleNoun(change) };
  const unbound =
    before?.Properties?.['PermissionsBoundary'] !== undefined &&
    after?.Properties?.['PermissionsBoundary'] === undefined;
  const more = addedGrants(grantsBefore, grantsAfter).map(grantText);
  const less = addedGrants(grantsAfter, grantsBefore).map(grantText);
  const words = [
    more.length > 0 ? `gains ${abbreviatedGrants(more)}` : '',
    less.length > 0 ? `loses ${abbreviatedGrants(less)}` : '',
    unbound ? 'loses its permissions boundary' : '',
  ].filter(Boolean);
  const verb = replacement === 'never' ? 'UPDATE' : 'REPLACE';
  return {
    ...base,
    verb,
    text: words.join('; ') || `${roleNoun(change)}: ${describeChanges(change)}`,
    ...((more.length > 0 || unbound) && { guard: 'rights' as const }),
  };
}

/**
 * Grants of an added role that no role of the stack had before. Names of the stack's own resources count as equal if the resources
 * are of the same type: each workload has a log group, a group and volumes of its own.
 */
function unknownGrants({ before, after }: Comparison, grants: readonly Grant[]): readonly Grant[] {
  const general = (template: Template, grant: Grant): Grant => {
    const typeOf = (id: string) => template.Resources[id]?.Type ?? id;
    const withTypes = (text: string) => text.replace(/[A-Za-z0-9]+/g, typeOf);
    return { ...grant, resource: withTypes(grant.resource), condition: withTypes(grant.condition) };
  };
  const known = Object.values(before.Resources)
    .flatMap(grantsOf)
    .map((grant) => general(before, grant));
  return grants.filter((grant) => !isServiceVariables(grant) && addedGrants(known, [general(after, grant)]).length > 0);
}

/** Names and ports of a namespace's Services, which any pod of a cluster gets. */
const isServiceVariables = ({ action, resource }: Grant): boolean =>
  action === 'ssm:GetParameter' && /:parameter\/i2kit\/[\w-]+\/services\/[\w-]+$/.test(resource);

const roleNoun = ({ type }: ResourceChange): string => (type === 'AWS::IAM::Role' ? 'role' : 'policy');

/** `may use autoscaling, logs and ssm`. */
function servicesText(grants: readonly Grant[]): string {
  const found = grants.flatMap(({ effect, action }) =>
    effect === 'Allow' && action.includes(':') ? [action.split(':')[0] ?? ''] : [],
  );
  const names = [...new Set(found)].sort();
  return names.length === 0 ? 'without permissions' : `may use ${listText(names)}`;
}

const abbreviatedGrants = (all: readonly string[]): string =>
  all.length <= 3 ? listText(all) : `${all.slice(0, 2).join(', ')} and ${all.length - 2} more`;

export interface Grant {
  readonly effect: 'Allow' | 'Deny';
  /** An action; `trust`: who may assume the role; `policy`: an attached managed policy. */
  readonly action: string;
  readonly resource: string;
  /** The conditions as JSON; empty if there are none. */
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
  // The actions meant by `NotAction` cannot be listed: it is one grant, with its own text.
  const actions = statement['NotAction']
    ? [`all actions except ${listOf(statement['NotAction']).map(valueText).join(', ')}`]
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

/** The additional permissions of one set: each Allow that the other does not cover, and each Deny that it lacks. */
export const addedGrants = (before: readonly Grant[], after: readonly Grant[]): readonly Grant[] => [
  ...after.filter((grant) => grant.effect === 'Allow' && !before.some((other) => grantCovers(other, grant))),
  ...before.filter((grant) => grant.effect === 'Deny' && !after.some((other) => grantCovers(other, grant))),
];

const grantCovers = (wide: Grant, narrow: Grant): boolean =>
  wide.effect === narrow.effect &&
  matchesPattern(wide.action, narrow.action) &&
  matchesPattern(wide.resource, narrow.resource) &&
  (wide.condition === '' || wide.condition === narrow.condition);

/** IAM's wildcards, compared without case; a regular expression would take time by the power of the number of `*`. */
function matchesPattern(pattern: string, value: string): boolean {
  const wanted = pattern.toLowerCase();
  const text = value.toLowerCase();
  let at = 0;
  let star = -1;
  let resumed = 0;
  for (let read = 0; read < text.length; ) {
    if (at < wanted.length && wanted[at] === '*') {
      star = at++;
      resumed = read;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === text[read])) {
      at++;
      read++;
    } else if (star >= 0) {
      at = star + 1;
      read = ++resumed;
    } else return false;
  }
  return /^\**$/.test(wanted.slice(at));
}

/** `s3:GetObject on arn:…`, `the trusted principal ec2.amazonaws.com`. */
export function grantText({ effect, action, resource, condition }: Grant): string {
  const narrowed = condition === '' ? '' : ', under a condition';
  if (action === 'trust') return `the trusted principal ${resource}${narrowed}`;
  if (action === 'policy') return `the managed policy ${resource}`;
  const allowed = `${action} on ${resource === '*' ? 'everything' : shortArn(resource)}${narrowed}`;
  return effect === 'Deny' ? `${allowed} (no longer denied)` : allowed;
}

/** Drops the parts that are the same for all ARNs of the account and region. */
const shortArn = (arn: string): string =>
  arn.replace(/^arn:\$\{AWS::Partition\}:[\w-]+:(\$\{AWS::Region\})?:(\$\{AWS::AccountId\})?:/, '');

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : isList(value) ? value : [value];
