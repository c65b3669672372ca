// Splits documents into objects: flattens Lists, and finds the name, kind and API version of each object.

import { isObject, nearest } from '@i2kit/common';
import type { ObjectRef, Report } from '../diagnostic.ts';
import type { Kind } from '../kinds/index.ts';
import { isKind, kinds } from '../kinds/index.ts';
import type { KindSpec } from '../kinds/kind.ts';
import { unsupportedKinds } from '../kinds/unsupportedKinds.ts';
import type { SourceDocument } from './documents.ts';
import { describeValue, fieldOf, type Mapping } from './mapping.ts';

/** An object as written, and its place: a document holds one, or the items of a List. */
export interface RawObject {
  readonly value: unknown;
  readonly place: Pick<ObjectRef, 'source' | 'document' | 'item'>;
  /** The document that holds it. */
  readonly text: string;
}

/**
 * A List is flattened. A typed one (`DeploymentList`) gives its items their kind. Any other value is its own object.
 */
export function rawObjectsOf({ value, source, document, text }: SourceDocument, report: Report): RawObject[] {
  const place = { source, document };
  if (!isList(value)) return value === null ? [] : [{ value, place, text }];
  const { apiVersion, kind, items } = value;
  if (items === null || items === undefined) return [];
  if (!Array.isArray(items)) {
    const object = { ...place, apiVersion: String(apiVersion), kind, namespace: '', name: '' };
    report({ code: 'I2K130', message: 'items of a List must be a list', object, path: ['items'] });
    return [];
  }
  const implied = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return items.map((item: unknown, index) => ({
    value: isObject(item) ? { ...implied, ...item } : item,
    place: { ...place, item: index },
    text,
  }));
}

/** Like Kubernetes, recognizes a list by its kind's name and its items. */
export function isList(value: unknown): value is Mapping & { readonly kind: string } {
  if (!isObject(value)) return false;
  const { kind } = value;
  return typeof kind === 'string' && kind.endsWith('List') && (kind === 'List' || Object.hasOwn(value, 'items'));
}

/** The apiVersion, kind, namespace and name that the object states. */
export interface IdentifiedObject {
  readonly written: Mapping;
  readonly ref: ObjectRef;
  readonly text: string;
}

/** Reports an object without apiVersion or kind. */
export function identify(
  { value, place, text }: RawObject,
  namespace: string,
  report: Report,
): IdentifiedObject | undefined {
  const ref = objectRefOf(value, place, namespace);
  if (!isObject(value)) {
    report({
      code: 'I2K130',
      message: `this is ${describeValue(value)}, not a Kubernetes object`,
      object: ref,
      path: [],
    });
    return undefined;
  }
  if (place.item !== undefined && isList(value)) {
    report({ code: 'I2K130', message: 'a List cannot contain Lists', object: ref, path: ['kind'] });
    return undefined;
  }
  const missingFields = (['apiVersion', 'kind'] as const).filter((key) => ref[key] === '');
  for (const key of missingFields) {
    const field = fieldOf(value, key);
    const missing = field === undefined || field === null || field === '';
    const message = missing ? `the object has no ${key}` : `${key} must be a string, but is ${describeValue(field)}`;
    const hint =
      key === 'kind' ? 'Example: `kind: Deployment`.' : `Example: \`apiVersion: ${suggestedApiVersion(ref.kind)}\`.`;
    report({ code: 'I2K131', message, object: ref, path: missing ? [] : [key], hint });
  }
  return missingFields.length === 0 ? { written: value, ref, text } : undefined;
}

/** Field by field: it is made for each object, and spreading is slow. */
function objectRefOf(value: unknown, { source, document, item }: RawObject['place'], namespace: string): ObjectRef {
  const metadata = fieldOf(value, 'metadata');
  const apiVersion = stringField(value, 'apiVersion');
  const kind = stringField(value, 'kind');
  const name = stringField(metadata, 'name');
  const namespaced = !isKind(kind) || kinds[kind].namespaced;
  const within = namespaced ? stringField(metadata, 'namespace') || namespace : '';
  if (item === undefined) return { source, document, apiVersion, kind, namespace: within, name };
  return { source, document, item, apiVersion, kind, namespace: within, name };
}

function stringField(value: unknown, key: string): string {
  const field = fieldOf(value, key);
  return typeof field === 'string' ? field : '';
}

function suggestedApiVersion(kind: string): string {
  if (isKind(kind)) return kinds[kind].apiVersion;
  return (Object.hasOwn(unsupportedKinds, kind) && unsupportedKinds[kind]?.apiVersions[0]) || 'apps/v1';
}

/** The outcome for an object: a kind to compile, a refused kind, or a kind that no rule refers to. */
export type KindResult =
  | { readonly kind: Kind; readonly convert?: NonNullable<KindSpec['conversions']>[string] }
  | { readonly refused: Kind }
  | undefined;

const KNOWN_KINDS = [...Object.keys(kinds), ...Object.keys(unsupportedKinds)];

/**
 * Whether the object's kind and version compile. If not, reports why and the likely intended kind.
 * @param ignored kinds as `Kind` or `Kind.group`, as the user wrote them
 */
export function recogniseKind(object: ObjectRef, ignored: readonly string[], report: Report): KindResult {
  const { kind, apiVersion } = object;
  const group = apiGroupOf(apiVersion);
  if (ignored.includes(kind) || (group !== '' && ignored.includes(`${kind}.${group}`))) {
    report({ code: 'I2K136', message: `the ${kind} is skipped because of --ignore-kind`, object, path: ['kind'] });
    return isKind(kind) ? { refused: kind } : undefined;
  }
  if (isKind(kind)) return checkApiVersion(kind, object, report);
  const other = Object.hasOwn(unsupportedKinds, kind) ? unsupportedKinds[kind] : undefined;
  if (other?.apiVersions.some((version) => apiGroupOf(version) === group)) {
    const refused = other.verdict === 'refused';
    const hint = other.hint ?? (refused ? `Pass --ignore-kind ${kind} to skip it.` : undefined);
    const message = `a ${kind} ${other.why}`.replace(/^a (?=[AEIO])/, 'an ');
    report({
      code: refused ? 'I2K134' : 'I2K135',
      message,
      object,
      path: ['kind'],
      ...(hint !== undefined && { hint }),
    });
    return undefined;
  }
  const meant = group === '' || isBuiltInGroup(group) ? nearest(kind, KNOWN_KINDS) : undefined;
  reportUnknownKind(object, meant !== kind ? meant : undefined, report);
  return meant !== undefined && isKind(meant) ? { refused: meant } : undefined;
}

function checkApiVersion(kind: Kind, object: ObjectRef, report: Report): KindResult {
  const { apiVersion: present, formerApiVersions, conversions = {} }: KindSpec = kinds[kind];
  const { apiVersion } = object;
  if (apiVersion === present) return { kind };
  const convert = Object.hasOwn(conversions, apiVersion) ? conversions[apiVersion] : undefined;
  if (convert !== undefined) return { kind, convert };
  const isFormer = formerApiVersions.includes(apiVersion);
  if (
    !isFormer &&
    apiGroupOf(apiVersion) !== apiGroupOf(present) &&
    apiGroupOf(apiVersion).includes('.') &&
    !isBuiltInGroup(apiGroupOf(apiVersion))
  ) {
    reportUnknownKind(object, undefined, report);
    return undefined;
  }
  report({
    code: 'I2K133',
    message: isFormer
      ? `Kubernetes no longer has ${kind} in ${apiVersion}`
      : `Kubernetes has no ${kind} in ${apiVersion}`,
    object,
    path: ['apiVersion'],
    hint: `Write \`apiVersion: ${present}\`.`,
  });
  return { refused: kind };
}

function reportUnknownKind(object: ObjectRef, meant: string | undefined, report: Report): void {
  const { kind, apiVersion } = object;
  const group = apiGroupOf(apiVersion);
  const name = isKind(kind) ? `${kind}.${group}` : kind;
  const hint = meant
    ? `Write \`kind: ${meant}\`.`
    : `Pass --ignore-kind ${name} to skip it, if the app does not need it.`;
  report({
    code: 'I2K132',
    message: `there is no kind ${kind} in ${apiVersion} known to i2kit`,
    object,
    path: ['kind'],
    hint,
  });
}

const apiGroupOf = (apiVersion: string): string => apiVersion.slice(0, Math.max(apiVersion.indexOf('/'), 0));

/** Groups of Kubernetes itself. All other groups belong to custom resources. */
function isBuiltInGroup(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}
