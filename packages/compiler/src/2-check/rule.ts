// The interface of a check rule, and helpers to write one.
import { type Code, catalog } from '../catalog.ts';
import type { Path, Related, Report } from '../diagnostic.ts';
import type { Kind, KindObjects } from '../kinds/index.ts';
import { containersOf, type PodContainer, podsOf, type WorkloadPod } from '../kinds/shared/pods.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';

export interface Rule {
  /** Every code that it may report, the default one first. */
  readonly codes: readonly [Code, ...Code[]];
  /** `options`: the options of the compilation. */
  check(manifests: Manifests, report: Report, options?: CompileOptions): void;
}

export interface FindingDetails {
  /** Default: the rule's first code. */
  readonly code?: Code;
  readonly hint?: string;
  readonly related?: readonly Related[];
  readonly atKey?: boolean;
}

/** Reports a finding about one object. A path that the user did not write is reported at its nearest written parent. */
export type ReportAt = (path: Path, message: string, more?: FindingDetails) => void;

export function reporterFor({ ref, written }: Manifest, usual: Code, report: Report): ReportAt {
  return (path, message, { code = usual, hint = hintOf(code), ...more } = {}) =>
    report({
      code,
      message,
      object: ref,
      path: nearestWrittenPath(written, path),
      ...(hint === '' ? {} : { hint }),
      ...more,
    });
}

/** A rule for the objects of one kind, called for each. */
export function objectRule<K extends Kind>(
  kind: K,
  codes: Rule['codes'],
  check: (
    object: KindObjects[K],
    reportAt: ReportAt,
    manifest: Manifest<K>,
    manifests: Manifests,
    options?: CompileOptions,
  ) => void,
): Rule {
  return {
    codes,
    check: (manifests, report, options) => {
      for (const manifest of manifests.of(kind))
        check(manifest.object, reporterFor(manifest, codes[0], report), manifest, manifests, options);
    },
  };
}

/** A rule for pods, called for each, whatever kind of object defines them. */
export function podRule(
  codes: Rule['codes'],
  check: (pod: WorkloadPod, reportAt: ReportAt, manifests: Manifests) => void,
): Rule {
  return {
    codes,
    check: (manifests, report) => {
      for (const pod of podsOf(manifests)) check(pod, reporterFor(pod.manifest, codes[0], report), manifests);
    },
  };
}

/** A rule for containers, called for each, including init containers. */
export function containerRule(
  codes: Rule['codes'],
  check: (container: PodContainer, reportAt: ReportAt) => void,
): Rule {
  return podRule(codes, (pod, reportAt) => {
    for (const container of containersOf(pod)) check(container, reportAt);
  });
}

/** The first sentence of a code's explanation, without its period: the problem. */
export const summaryOf = (code: Code): string => splitExplanation(code)[0];

/** The rest of a code's explanation: the remedy. Rules of Kubernetes state the problem in their messages. */
export const hintOf = (code: Code): string => (code.startsWith('I2K3') ? '' : splitExplanation(code)[1]);

function splitExplanation(code: Code): readonly [string, string] {
  const text: string = catalog[code].explanation;
  const end = text.indexOf('. ');
  return end < 0 ? [text.replace(/\.$/, ''), ''] : [text.slice(0, end), text.slice(end + 2)];
}

/** The longest prefix of a path that leads to a written value. */
export function nearestWrittenPath(written: unknown, path: Path): Path {
  let value = written;
  for (const [index, part] of path.entries()) {
    const holds = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    value = holds ? (value as Readonly<Record<string | number, unknown>>)[part] : undefined;
    if (value === undefined || value === null) return path.slice(0, index);
  }
  return path;
}

/** The position of each item whose key occurred before, with the position of the first. */
export function duplicatesOf<T>(
  items: readonly T[],
  key: (item: T) => string | undefined,
): readonly { readonly index: number; readonly first: number; readonly key: string }[] {
  const seen = new Map<string, number>();
  return items.flatMap((item, index) => {
    const itemKey = key(item);
    if (itemKey === undefined) return [];
    const first = seen.get(itemKey);
    if (first === undefined) seen.set(itemKey, index);
    return first === undefined ? [] : [{ index, first, key: itemKey }];
  });
}
