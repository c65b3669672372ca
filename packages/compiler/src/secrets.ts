// The Secrets of manifests with their values, for writing them to Secrets Manager: no template, plan or diagnostic
// holds a value.
import { base64, utf8 } from '@scure/base';
import { read } from './1-read/index.ts';
import { check } from './2-check/index.ts';
import { collector } from './collector.ts';
import type { Diagnostic, ObjectRef } from './diagnostic.ts';
import { secretsManagerName } from './kinds/shared/configReferences.ts';
import type { Source } from './manifest.ts';
import type { CompileOptions } from './options.ts';

/** One Secret, as the agent reads it from Secrets Manager. */
export interface SecretObject {
  readonly object: ObjectRef;
  /** Its name in Secrets Manager, `i2kit/<env>/<namespace>/<name>`. */
  readonly name: string;
  /** Base64 of each value by its key, sorted by key. */
  readonly values: Readonly<Record<string, string>>;
}

export type SecretsResult =
  | { readonly ok: true; readonly secrets: readonly SecretObject[]; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Every Secret of the manifests, in the order of namespaces and names. Problems of other kinds are not reported: they
 * do not prevent reading a Secret. Pure, like `compile`.
 */
export function secretsOf(sources: readonly Source[], options: CompileOptions): SecretsResult {
  const { report, diagnostics } = collector();
  const manifests = read(sources, options, report);
  check(manifests, options, report);
  // The values omitted from templates are the ones needed here.
  const concerning = diagnostics().filter(
    ({ object, code }) => (object.kind === 'Secret' || object.kind === '') && code !== 'I2K520',
  );
  if (concerning.some(({ severity }) => severity === 'error')) return { ok: false, diagnostics: concerning };
  const secrets = manifests.of('Secret').map(({ ref, object: { data = {}, stringData = {} } }): SecretObject => {
    // stringData overrides data, key by key; base64 may be broken into lines.
    const all = [
      ...Object.entries(data).map(([key, value]) => [key, value.replace(/[\r\n]/g, '')] as const),
      ...Object.entries(stringData).map(([key, value]) => [key, base64.encode(utf8.decode(value))] as const),
    ];
    const byKey = new Map(all);
    const values = Object.fromEntries([...byKey.keys()].sort().map((key) => [key, byKey.get(key) ?? '']));
    return { object: ref, name: secretsManagerName(options.env, ref.namespace, ref.name), values };
  });
  return { ok: true, secrets, diagnostics: concerning };
}
