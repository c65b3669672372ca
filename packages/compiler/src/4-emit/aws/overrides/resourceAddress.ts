// Finds the resources that an override means, by Kubernetes object and resource type, never by logical id.
import type { Override } from '../../../options.ts';
import type { Resource } from '../../../template.ts';

export type Resources = Readonly<Record<string, Resource>>;

/** Ids in the template's order. */
export const addressedIds = ({ object, resource, at }: Override, resources: Resources): readonly string[] =>
  Object.keys(resources).filter((id) => {
    const body = resources[id];
    return body !== undefined && isOwnedBy(object, ownerOf(body)) && isType(resource, body.Type) && comesFrom(at, body);
  });

const originParts = ({ Metadata }: Resource): readonly string[] => String(Metadata?.['i2kit:origin'] ?? '').split('#');

/** `Deployment/default/web`, or `App/shop` for shared resources. */
export const ownerOf = (body: Resource): string => originParts(body)[0] ?? '';

/** `/spec/ports/0`: path in the object. */
export const placeOf = (body: Resource): string => originParts(body)[1] ?? '';

/** Namespace and kind are optional, as in keys of images. */
function isOwnedBy(said: string, owner: string): boolean {
  const [kind = '', namespace = '', name] = owner.split('/');
  return [owner, ...(name === undefined ? [namespace] : [`${kind}/${name}`, `${namespace}/${name}`, name])].includes(
    said,
  );
}

/** `AWS::EC2::LaunchTemplate` may be written `launch-template`. */
const isType = (said: string, type: string): boolean => said === type || said === shortName(type);

export const shortName = (type: string): string =>
  (type.split('::').at(-1) ?? '').replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3-$2$4').toLowerCase();

function comesFrom(at: string | undefined, body: Resource): boolean {
  const place = placeOf(body);
  return at === undefined || place === at || place.startsWith(`${at}/`);
}

/** True if any resource comes from the object. */
export const hasResources = ({ object }: Override, resources: Resources): boolean =>
  Object.values(resources).some((body) => isOwnedBy(object, ownerOf(body)));

/** Alternatives for a hint: types of the object's resources, else objects with resources. */
export function alternatives({ object }: Override, resources: Resources): string {
  const bodies = Object.values(resources);
  const own = bodies.filter((body) => isOwnedBy(object, ownerOf(body)));
  const of = (texts: readonly string[]) => [...new Set(texts)].sort().join(', ');
  if (own.length === 0) return `Objects with resources: ${of(bodies.map(ownerOf))}.`;
  return `Resources of ${object}: ${of(own.map(({ Type }) => shortName(Type)))}.`;
}
