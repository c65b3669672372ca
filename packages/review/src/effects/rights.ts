// Rights: what machines and their containers may do in the account, and who may be them.
import { type Comparison, changesOfType, subject } from '../comparison.ts';
import type { ResourceChange } from '../differ/resources.ts';
import { listed } from '../words.ts';
import { type Effect, propertiesOf } from './effect.ts';
import { inWords } from './inWords.ts';
import { type Grant, grantsOf, grantText, widened } from './statements.ts';

const types = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::S3::BucketPolicy'];

export const rights = (comparison: Comparison): readonly Effect[] => changesOfType(comparison, ...types).map(ofRole);

function ofRole(change: ResourceChange): Effect {
  const { id, action, before, after, replacement } = change;
  const base = { area: 'rights' as const, object: subject(change), ids: [id], changes: propertiesOf(change) };
  const [was, is] = [grantsOf(before), grantsOf(after)];
  if (action === 'add') return { ...base, verb: 'CREATE', text: `${nameOf(change)}; ${services(is)}` };
  if (action === 'remove') return { ...base, verb: 'DESTROY', text: nameOf(change) };
  const unbound = before?.Properties?.['PermissionsBoundary'] !== undefined && after?.Properties?.['PermissionsBoundary'] === undefined;
  const more = [...widened(was, is).map(grantText), ...(unbound ? ['its permissions boundary goes'] : [])];
  const less = widened(is, was).map(grantText);
  const words = [more.length > 0 ? `gains ${some(more)}` : '', less.length > 0 ? `loses ${some(less)}` : ''].filter(Boolean);
  const verb = replacement === 'never' ? 'UPDATE' : 'REPLACE';
  return {
    ...base,
    verb,
    text: words.join('; ') || `${nameOf(change)}: ${inWords(change)}`,
    ...(more.length > 0 && { guard: 'rights' as const }),
  };
}

const nameOf = ({ type }: ResourceChange): string => (type === 'AWS::IAM::Role' ? 'role' : 'policy');

/** `may use autoscaling, logs and ssm`. */
function services(grants: readonly Grant[]): string {
  const found = grants.flatMap(({ effect, action }) => (effect === 'Allow' && action.includes(':') ? [action.split(':')[0] ?? ''] : []));
  const names = [...new Set(found)].sort();
  return names.length === 0 ? 'it may do nothing' : `may use ${listed(names)}`;
}

const some = (all: readonly string[]): string =>
  all.length <= 3 ? listed(all) : `${all.slice(0, 2).join(', ')} and ${all.length - 2} more`;
