// The character NUL: neither an environment variable nor an argument nor a name can hold it.
import type { Path } from '../../diagnostic.ts';
import { type Rule, sayOf } from '../rule.ts';

export const nul: Rule = {
  codes: ['I2K333'],
  check(all, report) {
    for (const manifest of all.all) {
      const say = sayOf(manifest, 'I2K333', report);
      for (const path of placesOfNul(manifest.written, [])) say(path, 'the text holds the character NUL');
    }
  },
};

function placesOfNul(value: unknown, path: Path): readonly Path[] {
  if (typeof value === 'string') return value.includes('\0') ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => placesOfNul(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => placesOfNul(item, [...path, key]));
}
