// Which resources an override means: by the Kubernetes object that they come from and what they are, never by a logical id.
import type { Override } from '../../../options.ts';
import type { Resource } from '../../../template.ts';

export type Resources = Readonly<Record<string, Resource>>;

/** Ids, in the template's order. */
export const addressedIds = ({ object, resource, at }: Override, resources: Resources): readonly string[] =>
  Object.keys(resources).filter((id) => {
    const body = resources[id];
    return body !== undefined && isOwnedBy(object, ownerOf(body)) && isType(resource, body.Type) && comesFrom(at, body);
  });

const originParts = ({ Metadata }: Resource): readonly string[] => String(Metadata?.['i2kit:origin'] ?? '').split('#');

/** `Deployment/default/web`, or `App/shop` for what objects share. */
export const ownerOf = (body: Resource): string => originParts(body)[0] ?? '';

/** `/spec/ports/0`: where in the object. */
export const placeOf = (body: Resource): string => originParts(body)[1] ?? '';

/** A namespace may be left out, and so may a kind, as in keys of images. */
function isOwnedBy(said: string, owner: string): boolean {
  const [kind = '', namespace = '', name] = owner.split('/');
  return [owner, ...(name === undefined ? [namespace] : [`${kind}/${name}`, `${namespace}/${name}`, name])].includes(
    said,
  );
}

/** `AWS::EC2::LaunchTemplate` is `launch-template`, too. */
const isType = (said: string, type: string): boolean => said === type || said === shortName(type);

export const shortName = (type: string): string =>
  (type.split('::').at(-1) ?? '').replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3-$2$4').toLowerCase();

function comesFrom(at: string | undefined, body: Resource): boolean {
  const place = placeOf(body);
  return at === undefined || place === at || place.startsWith(`${at}/`);
}

/** True where the object has a resource at all. */
export const hasResources = ({ object }: Override, resources: Resources): boolean =>
  Object.values(resources).some((body) => isOwnedBy(object, ownerOf(body)));

/** What there is in its place, for a hint: the object's resources, else the objects. */
export function alternatives({ object }: Override, resources: Resources): string {
  const bodies = Object.values(resources);
  const own = bodies.filter((body) => isOwnedBy(object, ownerOf(body)));
  const of = (texts: readonly string[]) => [...new Set(texts)].sort().join(', ');
  if (own.length === 0) return `there are resources of ${of(bodies.map(ownerOf))}`;
  return `of ${object} there are ${of(own.map(({ Type }) => shortName(Type)))}`;
}
