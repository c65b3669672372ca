// What an object says that it is: its apiVersion, kind, namespace and name.
import type { ObjectRef, Report } from '../../diagnostic.ts';
import { isKind, kinds } from '../../kinds/index.ts';
import { others } from '../../kinds/others.ts';
import { isList, type Written } from './list.ts';
import { describe, fieldOf, isMapping, type Mapping } from './mapping.ts';

export interface Identified {
  readonly written: Mapping;
  readonly ref: ObjectRef;
  readonly text: string;
}

/** Reports an object that does not say what it is. */
export function identify({ value, place, text }: Written, namespace: string, report: Report): Identified | undefined {
  const ref = refOf(value, place, namespace);
  if (!isMapping(value)) {
    report({ code: 'I2K130', message: `this is ${describe(value)}, not a Kubernetes object`, object: ref, path: [] });
    return undefined;
  }
  if (place.item !== undefined && isList(value)) {
    report({ code: 'I2K130', message: 'a List cannot hold Lists', object: ref, path: ['kind'] });
    return undefined;
  }
  const wrong = (['apiVersion', 'kind'] as const).filter((key) => ref[key] === '');
  for (const key of wrong) {
    const given = fieldOf(value, key);
    const missing = given === undefined || given === null || given === '';
    const message = missing ? `the object has no ${key}` : `${key} must be a string, and is ${describe(given)}`;
    const hint = key === 'kind' ? 'for example, kind: Deployment' : `for example, apiVersion: ${versionOf(ref.kind)}`;
    report({ code: 'I2K131', message, object: ref, path: missing ? [] : [key], hint });
  }
  return wrong.length === 0 ? { written: value, ref, text } : undefined;
}

/** Field by field: it is made for each object, and spreading is slow. */
function refOf(value: unknown, { source, document, item }: Written['place'], namespace: string): ObjectRef {
  const metadata = fieldOf(value, 'metadata');
  const apiVersion = stringOf(value, 'apiVersion');
  const kind = stringOf(value, 'kind');
  const name = stringOf(metadata, 'name');
  const namespaced = !isKind(kind) || kinds[kind].namespaced;
  const within = namespaced ? stringOf(metadata, 'namespace') || namespace : '';
  if (item === undefined) return { source, document, apiVersion, kind, namespace: within, name };
  return { source, document, item, apiVersion, kind, namespace: within, name };
}

function stringOf(value: unknown, key: string): string {
  const field = fieldOf(value, key);
  return typeof field === 'string' ? field : '';
}

function versionOf(kind: string): string {
  if (isKind(kind)) return kinds[kind].apiVersion;
  return (Object.hasOwn(others, kind) && others[kind]?.apiVersions[0]) || 'apps/v1';
}
