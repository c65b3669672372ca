// Manifests from YAML, without the reader: for tests of what comes after it.
import { compareText } from '@i2kit/common';
import { loadAll } from 'js-yaml';
import { check } from '../../src/2-check/index.ts';
import { collector } from '../../src/collector.ts';
import type { Diagnostic, ObjectRef } from '../../src/diagnostic.ts';
import { pathText } from '../../src/diagnostic.ts';
import { withDefaults } from '../../src/kinds/defaults.ts';
import type { Kind } from '../../src/kinds/index.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import type { Manifest, Manifests } from '../../src/manifest.ts';

/** The objects of a YAML text; `refused` names objects as `Kind/namespace/name` that were there but could not be read. */
export function manifestsOf(yaml: string, refused: readonly string[] = []): Manifests {
  const objects = (loadAll(yaml) as (JsonObject | null)[]).flatMap((written, document) =>
    written ? [manifestOf(written, document)] : [],
  );
  return indexOf(objects, refused);
}

export function manifestOf(written: JsonObject, document = 0): Manifest {
  const kind = written['kind'] as Kind;
  const metadata = (written['metadata'] ?? {}) as { name?: string; namespace?: string };
  const namespace = kind === 'Namespace' ? '' : (metadata.namespace ?? 'default');
  const object = withDefaults[kind](written) as Manifest['object'];
  const ref: ObjectRef = {
    source: 'test.yaml',
    document,
    apiVersion: String(written['apiVersion']),
    kind,
    namespace,
    name: metadata.name ?? '',
  };
  return { kind, ref, object, written };
}

export function indexOf(objects: readonly Manifest[], refused: readonly string[] = []): Manifests {
  const all = [...objects].sort(
    (a, b) =>
      compareText(a.kind, b.kind) ||
      compareText(a.ref.namespace, b.ref.namespace) ||
      compareText(a.ref.name, b.ref.name),
  );
  const of = <K extends Kind>(kind: K) =>
    all.filter((manifest) => manifest.kind === kind) as unknown as readonly Manifest<K>[];
  return {
    objects: all,
    of,
    get: (kind, namespace, name) => of(kind).find(({ ref }) => ref.namespace === namespace && ref.name === name),
    wasRefused: (kind, namespace, name) =>
      name === undefined
        ? refused.some((key) => key.startsWith(`${kind}/${namespace}/`))
        : refused.includes(`${kind}/${namespace}/${name}`),
  };
}

export function diagnosticsOf(all: Manifests): readonly Diagnostic[] {
  const { report, diagnostics } = collector();
  check(all, { app: 'app', env: 'test' }, report);
  return diagnostics();
}

/** What is said of a YAML text, short: `I2K301 Service/default/web metadata.name`. */
export function diagnosticLines(yaml: string, refused: readonly string[] = []): readonly string[] {
  return diagnosticsOf(manifestsOf(yaml, refused)).map(({ code, object, path }) =>
    `${code} ${object.kind} ${object.name} ${pathText(path)}`.trimEnd(),
  );
}

/** Messages of one code. */
export function messagesOf(yaml: string, code: string): readonly string[] {
  return diagnosticsOf(manifestsOf(yaml)).flatMap((diagnostic) =>
    diagnostic.code === code ? [diagnostic.message] : [],
  );
}
