// The NUL character: not allowed in environment variables, arguments and names.
import type { Path } from '../../diagnostic.ts';
import { type Rule, reporterFor } from '../rule.ts';

export const nulCharacters: Rule = {
  codes: ['I2K333'],
  check(manifests, report) {
    for (const manifest of manifests.objects) {
      const reportAt = reporterFor(manifest, 'I2K333', report);
      for (const path of nulPaths(manifest.written, [])) reportAt(path, 'the text contains the NUL character');
    }
  },
};

function nulPaths(value: unknown, path: Path): readonly Path[] {
  if (typeof value === 'string') return value.includes('\0') ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => nulPaths(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => nulPaths(item, [...path, key]));
}
