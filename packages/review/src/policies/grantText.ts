// Grants as phrases: `s3:GetObject on arn:…`, `the trusted principal ec2.amazonaws.com`.
import { listText } from '@i2kit/common';
import type { Grant, Selection } from './grants.ts';

export function grantText({ kind, action, resource, principal, condition }: Grant): string {
  const narrowed = condition === undefined ? '' : ', under a condition';
  if (kind === 'unreadable') return `a part that i2kit cannot read: ${selectionText(resource)}`;
  if (kind === 'policy') return `the managed policy ${selectionText(resource)}`;
  if (kind === 'attachment') return `an attachment to ${selectionText(resource)}`;
  const named = selectionText(principal);
  if (kind === 'trust') {
    const usual = !action.except && /^sts:AssumeRole\w*$/.test(selectionText(action));
    return `the trusted principal ${named}${usual ? '' : ` with ${actionText(action)}`}${narrowed}`;
  }
  const place = !resource.except && selectionText(resource) === '*' ? 'everything' : shortArn(selectionText(resource));
  return `${actionText(action)} on ${place}${named === '*' ? '' : ` by ${named}`}${narrowed}`;
}

/** Of a grant that its owner gains: a Deny goes. */
export const gainedGrantText = (grant: Grant): string =>
  grant.effect === 'Deny' ? `${grantText(grant)} (no longer denied)` : grantText(grant);

/** Of a grant that its owner loses: a Deny comes. */
export const lostGrantText = (grant: Grant): string =>
  grant.effect === 'Deny' ? `${grantText(grant)} (now denied)` : grantText(grant);

const actionText = (action: Selection): string =>
  action.except ? `all actions ${selectionText(action)}` : selectionText(action);

function selectionText({ except, patterns }: Selection): string {
  const text = patterns.map((pattern) => pattern.text).join(', ');
  return except ? `except ${text || 'none'}` : text;
}

/** Drops the parts that are the same for all ARNs of the account and region. */
const shortArn = (arn: string): string =>
  arn.replace(/^arn:\$\{AWS::Partition\}:[\w-]+:(\$\{AWS::Region\})?:(\$\{AWS::AccountId\})?:/, '');

export const abbreviatedGrants = (all: readonly string[]): string =>
  all.length <= 3 ? listText(all) : `${all.slice(0, 2).join(', ')} and ${all.length - 2} more`;

/** `may use autoscaling, logs and ssm`. */
export function servicesText(grants: readonly Grant[]): string {
  const found = grants.flatMap(({ kind, effect, action }) =>
    kind !== 'statement' || effect !== 'Allow'
      ? []
      : action.except
        ? ['all services']
        : action.patterns.map(({ text }) => (text.includes(':') ? (text.split(':')[0] ?? '') : text)),
  );
  const names = [...new Set(found)].sort();
  return names.length === 0 ? 'without permissions' : `may use ${listText(names)}`;
}
