// The character NUL: neither an environment variable nor an argument nor a name can hold it.
import type { Path } from '../../diagnostic.ts';
import { type Rule, reporterFor } from '../rule.ts';

export const nulCharacters: Rule = {
  codes: ['I2K333'],
  check(all, report) {
    for (const manifest of all.objects) {
      const say = reporterFor(manifest, 'I2K333', report);
      for (const path of nulPaths(manifest.written, [])) say(path, 'the text holds the character NUL');
    }
  },
};

function nulPaths(value: unknown, path: Path): readonly Path[] {
  if (typeof value === 'string') return value.includes('\0') ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => nulPaths(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => nulPaths(item, [...path, key]));
}
