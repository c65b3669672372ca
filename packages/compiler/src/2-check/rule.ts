// What a rule is, and short ways to write one.
import { type Code, catalog } from '../catalog.ts';
import type { Path, Related, Report } from '../diagnostic.ts';
import type { Kind, ObjectOf } from '../kinds/kind.ts';
import { type ContainerOf, containersOf, type PodOf, podsOf } from '../kinds/shared/pods.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';

export interface Rule {
  /** Every code that it may report, the usual one first. */
  readonly codes: readonly [Code, ...Code[]];
  /** `options` may be what the input was told besides. */
  check(all: Manifests, report: Report, options?: CompileOptions): void;
}

export interface More {
  /** Where it is not the rule's usual code. */
  readonly code?: Code;
  readonly hint?: string;
  readonly related?: readonly Related[];
  readonly atKey?: boolean;
}

/** Reports something of one object; of a place that the user did not write, at the nearest one that is written. */
export type Say = (path: Path, message: string, more?: More) => void;

export function sayOf({ ref, written }: Manifest, usual: Code, report: Report): Say {
  return (path, message, { code = usual, hint = adviceOf(code), ...more } = {}) =>
    report({ code, message, object: ref, path: present(written, path), ...(hint === '' ? {} : { hint }), ...more });
}

/** A rule that looks at objects of one kind, one at a time. */
export function perObject<K extends Kind>(
  kind: K,
  codes: Rule['codes'],
  check: (object: ObjectOf[K], say: Say, manifest: Manifest<K>, all: Manifests, options?: CompileOptions) => void,
): Rule {
  return {
    codes,
    check: (all, report, options) => {
      for (const manifest of all.of(kind)) check(manifest.object, sayOf(manifest, codes[0], report), manifest, all, options);
    },
  };
}

/** A rule that looks at pods, one at a time, whatever asks for them. */
export function perPod(codes: Rule['codes'], check: (pod: PodOf, say: Say, all: Manifests) => void): Rule {
  return {
    codes,
    check: (all, report) => {
      for (const pod of podsOf(all)) check(pod, sayOf(pod.manifest, codes[0], report), all);
    },
  };
}

/** A rule that looks at containers, one at a time, init containers too. */
export function perContainer(codes: Rule['codes'], check: (container: ContainerOf, say: Say) => void): Rule {
  return perPod(codes, (pod, say) => {
    for (const container of containersOf(pod)) check(container, say);
  });
}

/** The first sentence of a code's explanation, without its period: what is the matter. */
export const matterOf = (code: Code): string => split(code)[0];

/** The rest of it: what to do. Kubernetes' own rules say it in their messages. */
export const adviceOf = (code: Code): string => (code.startsWith('I2K3') ? '' : split(code)[1]);

function split(code: Code): readonly [string, string] {
  const text: string = catalog[code].explanation;
  const end = text.indexOf('. ');
  return end < 0 ? [text.replace(/\.$/, ''), ''] : [text.slice(0, end), text.slice(end + 2)];
}

/** The longest part of a path that leads to something that is written. */
export function present(written: unknown, path: Path): Path {
  let at = written;
  for (const [index, part] of path.entries()) {
    const holds = typeof at === 'object' && at !== null && Object.hasOwn(at, part);
    at = holds ? (at as Readonly<Record<string | number, unknown>>)[part] : undefined;
    if (at === undefined || at === null) return path.slice(0, index);
  }
  return path;
}

/** Of a list, each position whose key was there before, with the position of the first. */
export function repeats<T>(
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
