// Whether -n gives a name that a namespace can have.
import type { Diagnostic } from '@i2kit/compiler';
import { problem } from '../problem.ts';

export function namespaceProblems(name: string | undefined): Diagnostic[] {
  if (name === undefined || (name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))) return [];
  const hint = 'use lower-case letters, digits and hyphens, at most 63';
  return [problem('I2K742', 'no namespace can have this name', { source: '-n', hint })];
}
