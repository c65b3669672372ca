// Short ways to write a ledger.
import type { Code } from '../diagnostic.ts';
import type { Class, Ledger, Mapped, Meaningless, Refused, Warned } from './ledger.ts';

/** What a refused or warned field may say beside its code; see `Condition` in ledger.ts. */
type More = Omit<Refused, 'refused'>;

export const mapped = (part: string): Mapped => ({ mapped: part });
export const meaningless = (reason: string): Meaningless => ({ meaningless: reason });
export const refused = (code: Code, more: More = {}): Refused => ({ refused: code, ...more });
export const warned = (code: Code, more: More = {}): Warned => ({ warned: code, ...more });

/** A ledger whose paths stand below another path: `under('spec', { replicas: … })`. */
export function under(prefix: string, ledger: Ledger): Ledger {
  return Object.fromEntries(Object.entries(ledger).map(([path, entry]) => [path === '' ? prefix : `${prefix}.${path}`, entry]));
}

/** One class for all of these paths. */
export function each(paths: string | readonly string[], entry: Class): Ledger {
  const list = typeof paths === 'string' ? paths.split(' ') : paths;
  return Object.fromEntries(list.map((path) => [path, entry]));
}

/** The same paths, all in one class: for a part that is refused as a whole. */
export function all(ledger: Ledger, entry: Class): Ledger {
  return each(Object.keys(ledger), entry);
}
