// What a rule is, and short ways to write one.
import { type Code, catalog } from '../catalog.ts';
import type { Path, Related, Report } from '../diagnostic.ts';
import type { Kind, KindObjects } from '../kinds/kind.ts';
import { containersOf, type PodContainer, podsOf, type WorkloadPod } from '../kinds/shared/pods.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';

export interface Rule {
  /** Every code that it may report, the usual one first. */
  readonly codes: readonly [Code, ...Code[]];
  /** `options` may be what the input was told besides. */
  check(all: Manifests, report: Report, options?: CompileOptions): void;
}

export interface FindingDetails {
  /** Where it is not the rule's usual code. */
  readonly code?: Code;
  readonly hint?: string;
  readonly related?: readonly Related[];
  readonly atKey?: boolean;
}

/** Reports something of one object; of a place that the user did not write, at the nearest one that is written. */
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

/** A rule that looks at objects of one kind, one at a time. */
export function objectRule<K extends Kind>(
  kind: K,
  codes: Rule['codes'],
  check: (
    object: KindObjects[K],
    say: ReportAt,
    manifest: Manifest<K>,
    all: Manifests,
    options?: CompileOptions,
  ) => void,
): Rule {
  return {
    codes,
    check: (all, report, options) => {
      for (const manifest of all.of(kind))
        check(manifest.object, reporterFor(manifest, codes[0], report), manifest, all, options);
    },
  };
}

/** A rule that looks at pods, one at a time, whatever asks for them. */
export function podRule(codes: Rule['codes'], check: (pod: WorkloadPod, say: ReportAt, all: Manifests) => void): Rule {
  return {
    codes,
    check: (all, report) => {
      for (const pod of podsOf(all)) check(pod, reporterFor(pod.manifest, codes[0], report), all);
    },
  };
}

/** A rule that looks at containers, one at a time, init containers too. */
export function containerRule(codes: Rule['codes'], check: (container: PodContainer, say: ReportAt) => void): Rule {
  return podRule(codes, (pod, say) => {
    for (const container of containersOf(pod)) check(container, say);
  });
}

/** The first sentence of a code's explanation, without its period: what is the matter. */
export const summaryOf = (code: Code): string => splitExplanation(code)[0];

/** The rest of it: what to do. Kubernetes' own rules say it in their messages. */
export const hintOf = (code: Code): string => (code.startsWith('I2K3') ? '' : splitExplanation(code)[1]);

function splitExplanation(code: Code): readonly [string, string] {
  const text: string = catalog[code].explanation;
  const end = text.indexOf('. ');
  return end < 0 ? [text.replace(/\.$/, ''), ''] : [text.slice(0, end), text.slice(end + 2)];
}

/** The longest part of a path that leads to something that is written. */
export function nearestWrittenPath(written: unknown, path: Path): Path {
  let at = written;
  for (const [index, part] of path.entries()) {
    const holds = typeof at === 'object' && at !== null && Object.hasOwn(at, part);
    at = holds ? (at as Readonly<Record<string | number, unknown>>)[part] : undefined;
    if (at === undefined || at === null) return path.slice(0, index);
  }
  return path;
}

/** Of a list, each position whose key was there before, with the position of the first. */
export function duplicatesOf<T>(
  items: readonly T[],
  key: (item: T) => string | undefined,
): readonly { readonly index: number; readonly first: number; readonly key: string }[] {
  const seen = new Map<string, number>();
  return items.flatMap((item, index) => {
    const of = key(item);
    if (of === undefined) return [];
    const first = seen.get(of);
    if (first === undefined) seen.set(of, index);
    return first === undefined ? [] : [{ index, first, key: of }];
  });
}
