// A code of the catalog, in words.
import type { Compiler } from '../compiler-ports.ts';
import { harmless } from '../text.ts';

/** What to print, or what is wrong with what was asked. */
export type Explained = { readonly text: string } | { readonly wrong: string };

export function explainCode(catalog: Compiler['catalog'], code: string): Explained {
  const entry = Object.hasOwn(catalog, code) ? catalog[code] : undefined;
  return entry
    ? { text: `${entry.severity}[${code}] ${entry.title}\n\n${entry.explanation}\n` }
    : { wrong: `There is no code '${harmless(code)}'.` };
}
