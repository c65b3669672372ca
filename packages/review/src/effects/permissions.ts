// Effects on permissions: roles and policies that are created, changed or removed, grant by grant.
import { isSameJson } from '@i2kit/common';
import { type Comparison, changesOfType, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { addedGrants, type Grant, mayDeny } from '../policies/grants.ts';
import { abbreviatedGrants, gainedGrantText, grantText, lostGrantText, servicesText } from '../policies/grantText.ts';
import { grantsOf, isPolicyType } from '../policies/policyResources.ts';
import { unknownGrants } from '../policies/unknownGrants.ts';
import { describeChanges, type Effect, failedEffect, propertyChangesOf } from './effect.ts';

const roleType = 'AWS::IAM::Role';

export const permissionEffects = (comparison: Comparison): readonly Effect[] => {
  const types = new Set([...comparison.changes.values()].map(({ type }) => type).filter(isPolicyType));
  return changesOfType(comparison, ...types).map((change) => permissionEffect(comparison, change));
};

function permissionEffect(comparison: Comparison, change: ResourceChange): Effect {
  const { id, action, before, after, replacement } = change;
  const { fresh } = comparison;
  const base = {
    area: 'rights' as const,
    object: objectOfChange(change),
    ids: [id],
    changes: propertyChangesOf(change),
  };
  const guarded = (widens: boolean) => (widens && !fresh ? { guard: 'rights' as const } : {});
  if (action === 'add') return { ...base, ...createdPolicy(comparison, change) };
  const [grantsBefore, grantsAfter] = [grantsOf(before), grantsOf(after)];
  if (action === 'remove') {
    // The principals of a removed policy may do everything that it denied; a removed role has no principals.
    const denied = change.type === roleType ? [] : grantsBefore.filter(mayDeny);
    const news = denied.length > 0 ? `; no longer in force: ${abbreviatedGrants(denied.map(grantText))}` : '';
    return { ...base, verb: 'DESTROY', text: `${policyNoun(change)}${news}`, ...guarded(denied.length > 0) };
  }
  if (replacement === 'refused') return failedEffect(base);
  const boundary = boundaryText(change);
  const more = addedGrants(grantsBefore, grantsAfter).map(gainedGrantText);
  const less = addedGrants(grantsAfter, grantsBefore).map(lostGrantText);
  const words = [
    more.length > 0 ? `gains ${abbreviatedGrants(more)}` : '',
    less.length > 0 ? `loses ${abbreviatedGrants(less)}` : '',
    boundary ?? '',
  ].filter(Boolean);
  return {
    ...base,
    verb: replacement === 'never' ? 'UPDATE' : 'REPLACE',
    text: words.join('; ') || `${policyNoun(change)}: ${describeChanges(change)}`,
    ...guarded(more.length > 0 || boundary !== undefined),
  };
}

/** A policy that is not part of a role may give its rights to one that exists: all of them are new. */
function createdPolicy(
  comparison: Comparison,
  change: ResourceChange,
): Pick<Effect, 'verb' | 'text' | 'guard' | 'changes'> {
  const { id, type, after } = change;
  const grants = grantsOf(after);
  const allowed = grants.filter(({ effect }) => effect === 'Allow');
  const unknown = comparison.fresh ? [] : type === roleType ? unknownGrants(comparison, change) : allowed;
  const news = unknown.length > 0 ? `; new in this stack: ${abbreviatedGrants(unknown.map(grantText))}` : '';
  return {
    verb: 'CREATE',
    text: `${policyNoun(change)}; ${servicesText(grants)}${news}`,
    ...(unknown.length > 0 && { guard: 'rights' as const }),
    changes: [
      ...grants.map((grant) => ({ id, path: ['(grant)'], after: createdText(grant), replacement: 'never' as const })),
      ...propertyChangesOf(change),
    ],
  };
}

const createdText = (grant: Grant): string => `${grant.effect === 'Deny' ? 'denied: ' : ''}${grantText(grant)}`;

/** Two boundaries cannot be compared: another one may allow more. */
function boundaryText({ before, after }: ResourceChange): string | undefined {
  const [was, is] = [before, after].map((resource) => resource?.Properties?.['PermissionsBoundary']);
  if (was === undefined || isSameJson(was, is)) return undefined;
  return is === undefined ? 'loses its permissions boundary' : 'has another permissions boundary';
}

const policyNoun = ({ type }: ResourceChange): string => (type === roleType ? 'role' : 'policy');
