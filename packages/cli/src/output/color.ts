// Decides whether diagnostics are coloured.
import type { Io } from '../io.ts';

/**
 * The flag decides; then FORCE_COLOR and NO_COLOR (force-color.org, no-color.org), in Node's order; then whether the
 * output is a capable terminal.
 */
export function colorEnabled(io: Io, flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag;
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = io.env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  return term !== 'dumb' && io.stderr.isTTY;
}
