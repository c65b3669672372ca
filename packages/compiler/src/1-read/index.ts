// Phase 1: reads texts into manifests. YAML as Kubernetes reads it, checked against Kubernetes' schema, with
// Kubernetes' defaults.
import { isObject } from '@i2kit/common';
import { type Path, pathText, type Report } from '../diagnostic.ts';
import { withDefaults } from '../kinds/defaults.ts';
import { kinds } from '../kinds/index.ts';
import type { Manifest, Manifests, Source } from '../manifest.ts';
import { readDocuments } from './documents.ts';
import { indexManifests, manifestKey } from './manifestIndex.ts';
import { fieldOf, type Mapping } from './mapping.ts';
import { type IdentifiedObject, identify, type KindResult, rawObjectsOf, recogniseKind } from './objects.ts';
import { checkSchema, sourceTextReader } from './schema.ts';
import { parseSelector } from './selectorFlag.ts';

export interface ReadOptions {
  /** Namespace of objects that name none (default: `default`). */
  readonly namespace?: string;
  /** Label selector in kubectl's syntax; only objects whose own labels match are read. */
  readonly selector?: string;
  /** `Kind` or `Kind.group`. Objects of these kinds are skipped, whatever else is wrong with them. */
  readonly ignoreKinds?: readonly string[];
}

/**
 * Reads all sources. Reports and omits whatever cannot be read, has the wrong schema or a kind that does not compile.
 * Never throws.
 */
export function read(sources: readonly Source[], options: ReadOptions, report: Report): Manifests {
  const { namespace = 'default', ignoreKinds = [] } = options;
  const matches = labelMatcherOf(options.selector, report);
  const { documents, complete } = readDocuments(sources, report);
  const manifests: Manifest[] = [];
  const refused = new Set<string>();
  const readSource = sourceTextReader();

  for (const each of documents.flatMap((document) => rawObjectsOf(document, report))) {
    const labels = fieldOf(fieldOf(each.value, 'metadata'), 'labels');
    if (matches && !matches(isObject(labels) ? (labels as Record<string, string>) : {})) continue;
    const identified = identify(each, namespace, report);
    if (!identified) continue;
    const { ref, text } = identified;
    const sourceOf = (path: Path) => readSource(text, ref.item === undefined ? path : ['items', ref.item, ...path]);
    const recognised = recogniseKind(ref, ignoreKinds, report);
    if (!recognised) continue;
    const written = convertedObject(identified, recognised, report);
    if (written && 'kind' in recognised && checkSchema(recognised.kind, { ...identified, written }, sourceOf, report)) {
      const object = withDefaults[recognised.kind](written as Parameters<(typeof withDefaults)['Service']>[0]);
      if (ref.namespace !== '') Object.assign(object.metadata, { namespace: ref.namespace });
      manifests.push({ kind: recognised.kind, ref, object, written });
    } else {
      refused.add(manifestKey('kind' in recognised ? recognised.kind : recognised.refused, ref.namespace, ref.name));
    }
  }
  return indexManifests(manifests, { complete, keys: refused });
}

/** The object in the version that is read; undefined after reporting fields that its own version does not have. */
function convertedObject({ written, ref }: IdentifiedObject, kind: KindResult, report: Report): Mapping | undefined {
  if (kind === undefined || !('convert' in kind) || kind.convert === undefined) return written;
  const { object, unknownFields } = kind.convert(written);
  for (const path of unknownFields) {
    report({
      code: 'I2K201',
      message: `${pathText(path.slice(0, -1))} of ${ref.apiVersion} has no field ${JSON.stringify(path.at(-1))}`,
      object: ref,
      path,
      atKey: true,
      hint: `Write \`apiVersion: ${kinds[kind.kind].apiVersion}\`.`,
    });
  }
  return unknownFields.length === 0 ? (object as Mapping) : undefined;
}

/** Without a selector, or with an invalid one (an error in any case), everything is read. */
function labelMatcherOf(selector: string | undefined, report: Report) {
  const matches = selector === undefined ? undefined : parseSelector(selector);
  if (selector !== undefined && !matches) {
    const object = { source: '', document: 0, apiVersion: '', kind: '', namespace: '', name: '' };
    const hint = 'Example: `app=web,tier in (front, back),!legacy`.';
    report({
      code: 'I2K706',
      message: `-l ${JSON.stringify(selector)} is not a label selector`,
      object,
      path: [],
      hint,
    });
  }
  return matches;
}
