// A document to its objects: one, or the items of a List.
import type { ObjectRef, Report } from '../../diagnostic.ts';
import type { Document } from '../documents.ts';
import { isMapping, type Mapping } from './mapping.ts';

/** One object as it is written, and where. */
export interface Written {
  readonly value: unknown;
  readonly place: Pick<ObjectRef, 'source' | 'document' | 'item'>;
  /** The document that it is in. */
  readonly text: string;
}

/** A List is flattened; a typed one (`DeploymentList`) says for its items what they are. Anything else is itself. */
export function objectsOf({ value, source, document, text }: Document, report: Report): Written[] {
  const place = { source, document };
  if (!isList(value)) return value === null ? [] : [{ value, place, text }];
  const { apiVersion, kind, items } = value;
  if (items === null || items === undefined) return [];
  if (!Array.isArray(items)) {
    const object = { ...place, apiVersion: String(apiVersion), kind, namespace: '', name: '' };
    report({ code: 'I2K130', message: 'items of a List has to be a list', object, path: ['items'] });
    return [];
  }
  const implied = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return items.map((item: unknown, index) => ({
    value: isMapping(item) ? { ...implied, ...item } : item,
    place: { ...place, item: index },
    text,
  }));
}

/** Kubernetes, too, knows a list by its name and its items. */
export function isList(value: unknown): value is Mapping & { readonly kind: string } {
  if (!isMapping(value)) return false;
  const { kind } = value;
  return typeof kind === 'string' && kind.endsWith('List') && (kind === 'List' || Object.hasOwn(value, 'items'));
}
