// The grants of a new role that no role of the stack had before: rights that the app did not have.
import type { Json } from '@i2kit/common';
import { isObject } from '@i2kit/common';
import type { Comparison } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { isList, objectOf, type Resource, type Template } from '../template.ts';
import { addedGrants, type Grant } from './grants.ts';
import { grantsOf } from './policyResources.ts';

/**
 * The names of its own resources count as equal to those of others if the resources are of the same type: each workload has a log group,
 * a group and volumes of its own. Its own are those that are new, and those of its object.
 */
export function unknownGrants({ before, after }: Comparison, { after: role }: ResourceChange): readonly Grant[] {
  if (role === undefined) return [];
  const object = objectOf(role);
  const own = (id: string) => {
    const resource = after.Resources[id];
    const isOwn = object !== undefined && objectOf(resource) === object;
    return resource !== undefined && (isOwn || before.Resources[id] === undefined) ? resource.Type : undefined;
  };
  const [grants, general] = [grantsOf(role), grantsOf(generalized(role, own))];
  const known = knownGrants(before);
  return grants.filter((grant, at) => {
    const compared = general[at];
    return (
      !isServiceVariables(grant) &&
      grant.effect === 'Allow' &&
      (compared === undefined || addedGrants(known, [compared]).length > 0)
    );
  });
}

/** A role is compared with all others: they are read once for a template. */
const knownGrantsByTemplate = new WeakMap<Template, readonly Grant[]>();

function knownGrants(template: Template): readonly Grant[] {
  const read = () => {
    const typeOf = (id: string) => (Object.hasOwn(template.Resources, id) ? template.Resources[id]?.Type : undefined);
    const grants = Object.values(template.Resources).flatMap((resource) => grantsOf(generalized(resource, typeOf)));
    // A Deny of another role denies this one nothing.
    const allowed = grants.filter(({ effect, kind }) => effect === 'Allow' && kind !== 'unreadable');
    return [...new Map(allowed.map((grant) => [JSON.stringify(grant), grant])).values()];
  };
  const known = knownGrantsByTemplate.get(template) ?? read();
  knownGrantsByTemplate.set(template, known);
  return known;
}

/** The resource with types in place of the logical ids that have one. */
function generalized(resource: Resource, typeOf: (id: string) => string | undefined): Resource {
  const value = (json: Json): Json => {
    if (typeof json === 'string') return json.replace(/[A-Za-z0-9]+/g, (word) => typeOf(word) ?? word);
    if (isList(json)) return json.map(value);
    if (isObject(json)) return Object.fromEntries(Object.entries(json).map(([key, inner]) => [key, value(inner)]));
    return json;
  };
  return resource.Properties
    ? { ...resource, Properties: value(resource.Properties) as NonNullable<Resource['Properties']> }
    : resource;
}

/** Names and ports of a namespace's Services, which any pod of a cluster gets. */
const isServiceVariables = ({ kind, action, resource }: Grant): boolean => {
  const [call, name] = [action, resource].map(({ except, patterns: [first] }) => (except ? '' : (first?.text ?? '')));
  return (
    kind === 'statement' &&
    call === 'ssm:GetParameter' &&
    /:parameter\/i2kit\/[\w-]+\/services\/[\w-]+$/.test(name ?? '')
  );
};
