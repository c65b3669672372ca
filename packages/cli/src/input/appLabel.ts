// Finds the apps that manifests name in their labels without parsing them; the names are validated later.
import { compareText } from '@i2kit/common';
import type { Source } from '@i2kit/compiler';

/** In YAML of both styles and in JSON. */
const labelPattern = /app\.kubernetes\.io\/part-of["']?\s*:\s*["']?([A-Za-z0-9][A-Za-z0-9._-]*)/g;
const comment = /#[^\n]*/g;

export function appLabels(sources: readonly Source[]): string[] {
  const names = sources.flatMap(({ text }) =>
    [...text.replace(comment, '').matchAll(labelPattern)].map(([, name = '']) => name),
  );
  return [...new Set(names)].sort(compareText);
}
