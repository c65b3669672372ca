// Finds the apps that manifests name in their labels without parsing them; the names are validated later.
import { compareText } from '@i2kit/common';
import type { Source } from '@i2kit/compiler';

/** In YAML of both styles and in JSON; commented lines do not count. */
const labelPattern = /^[^#\n]*?app\.kubernetes\.io\/part-of["']?\s*:\s*["']?([A-Za-z0-9][A-Za-z0-9._-]*)/gm;

export function appLabels(sources: readonly Source[]): string[] {
  const names = sources.flatMap(({ text }) => [...text.matchAll(labelPattern)].map(([, name = '']) => name));
  return [...new Set(names)].sort(compareText);
}
