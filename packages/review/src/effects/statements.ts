// What a role may do and who may be it, as single grants that can be compared.
import { text } from '../differ/values.ts';
import { printed } from '../render/value.ts';
import { isList, isObject, type Json, type Resource } from '../template.ts';

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
    ...statements(AssumeRolePolicyDocument).flatMap((statement) => trusts(statement)),
    ...[...list(Policies).map((each) => (isObject(each) ? each['PolicyDocument'] : undefined)), PolicyDocument].flatMap((document) =>
      statements(document).flatMap(grants),
    ),
    ...list(ManagedPolicyArns).map((arn) => ({ effect: 'Allow' as const, action: 'policy', resource: printed(arn), condition: '' })),
  ];
}

type Statement = { readonly [key: string]: Json };

const statements = (document: Json | undefined): readonly Statement[] =>
  isObject(document) ? list(document['Statement']).filter(isObject) : [];

function grants(statement: Statement): readonly Grant[] {
  const resources = list(statement['Resource'] ?? '*').map(printed);
  // What is meant by `NotAction` cannot be listed: it is one grant, by its own text.
  const actions = statement['NotAction']
    ? [`all but ${list(statement['NotAction']).map(printed).join(', ')}`]
    : list(statement['Action']).map(printed);
  const { effect, condition } = frame(statement);
  const principal = statement['Principal'] === undefined ? '' : ` by ${text(statement['Principal'])}`;
  return actions.flatMap((action) => resources.map((resource) => ({ effect, action, resource: `${resource}${principal}`, condition })));
}

function trusts(statement: Statement): readonly Grant[] {
  const { effect, condition } = frame(statement);
  const principal = statement['Principal'];
  const who = isObject(principal) ? Object.values(principal).flatMap(list).map(printed) : [printed(principal ?? '*')];
  return who.map((resource) => ({ effect, action: 'trust', resource, condition }));
}

const frame = (statement: Statement): Pick<Grant, 'effect' | 'condition'> => ({
  effect: statement['Effect'] === 'Deny' ? 'Deny' : 'Allow',
  condition: statement['Condition'] === undefined ? '' : text(statement['Condition']),
});

/** What one set allows beyond the other: an Allow that nothing covers, and a Deny that has gone. */
export const widened = (before: readonly Grant[], after: readonly Grant[]): readonly Grant[] => [
  ...after.filter((grant) => grant.effect === 'Allow' && !before.some((other) => covers(other, grant))),
  ...before.filter((grant) => grant.effect === 'Deny' && !after.some((other) => covers(other, grant))),
];

const covers = (wide: Grant, narrow: Grant): boolean =>
  wide.effect === narrow.effect &&
  matches(wide.action, narrow.action) &&
  matches(wide.resource, narrow.resource) &&
  (wide.condition === '' || wide.condition === narrow.condition);

/** IAM's wildcards; an action is read without case. */
function matches(pattern: string, value: string): boolean {
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
  return `${effect === 'Deny' ? 'no longer denied: ' : ''}${action} on ${resource === '*' ? 'everything' : nearby(resource)}${narrowed}`;
}

/** Without what every resource of this account and region has in its ARN. */
const nearby = (arn: string): string => arn.replace(/^arn:\$\{AWS::Partition\}:[\w-]+:(\$\{AWS::Region\})?:(\$\{AWS::AccountId\})?:/, '');

const list = (value: Json | undefined): readonly Json[] => (value === undefined ? [] : isList(value) ? value : [value]);
