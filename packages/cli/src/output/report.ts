// Diagnostics to standard error, as text.
import type { Diagnostic, Source } from '@i2kit/compiler';
import type { Compiler } from '../compiler-ports.ts';
import type { Context } from '../context.ts';
import { count, listed } from '../text.ts';
import { wrapped } from './wrapped.ts';

export function report(
  context: Context,
  compiler: Pick<Compiler, 'render'>,
  diagnostics: readonly Diagnostic[],
  texts: readonly Source[],
): void {
  const { io, values, color } = context;
  const shown = values.quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
  if (shown.length === 0) return;
  const { columns } = io.stderr;
  io.stderr.write(wrapped(compiler.render(shown, texts, { color, ...(columns !== undefined && { width: columns }) }), io.stderr));
}

export const failed = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some(({ severity }) => severity === 'error');

/** `1 error and 2 warnings`; `no errors` where there is nothing. */
export function tally(diagnostics: readonly Diagnostic[]): string {
  const of = (severity: Diagnostic['severity'], word: string) => {
    const n = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return n === 0 ? [] : [count(n, word)];
  };
  const parts = [...of('error', 'error'), ...of('warning', 'warning'), ...of('info', 'remark')];
  return parts.length === 0 ? 'no errors' : listed(parts);
}
