// Prints diagnostics: as text on standard error, as JSON for editors and CI (`version` changes with the format).

import { countText, listText } from '@i2kit/common';
import type { Diagnostic, ObjectRef, Path, Source } from '@i2kit/compiler';
import type { Context } from '../context.ts';
import type { Compiler, DiagnosticLocation } from '../ports/compiler.ts';
import { wrapText } from './wrapText.ts';

export function reportDiagnostics(
  context: Context,
  compiler: Pick<Compiler, 'render'>,
  diagnostics: readonly Diagnostic[],
  texts: readonly Source[],
): void {
  const { io, values, color } = context;
  const shown = values.quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
  if (shown.length === 0) return;
  const { columns } = io.stderr;
  io.stderr.write(
    wrapText(compiler.render(shown, texts, { color, ...(columns !== undefined && { width: columns }) }), io.stderr),
  );
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === 'error');

/** `1 error and 2 warnings`; `no errors` if there are none. */
export function severityCounts(diagnostics: readonly Diagnostic[]): string {
  const of = (severity: Diagnostic['severity'], word: string) => {
    const n = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return n === 0 ? [] : [countText(n, word)];
  };
  const parts = [...of('error', 'error'), ...of('warning', 'warning'), ...of('info', 'remark')];
  return parts.length === 0 ? 'no errors' : listText(parts);
}

/** Diagnostics as JSON, for editors and CI; `version` changes with incompatible formats. */
export function diagnosticsJson(
  compiler: Pick<Compiler, 'positionsIn'>,
  diagnostics: readonly Diagnostic[],
  texts: readonly Source[],
): string {
  const position = compiler.positionsIn(texts);
  const place = (at: DiagnosticLocation) => {
    const { object, path } = at;
    const found = position(at);
    return {
      file: object.source,
      ...(found && { line: found.line, column: found.column, endLine: found.endLine, endColumn: found.endColumn }),
      ...(object.kind !== '' && { object: objectJson(object) }),
      ...(path.length > 0 && { path: jsonPointer(path) }),
    };
  };
  const count = (severity: Diagnostic['severity']) =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const value = {
    version: 1,
    summary: { errors: count('error'), warnings: count('warning'), infos: count('info') },
    diagnostics: diagnostics.map((diagnostic) => ({
      code: diagnostic.code,
      severity: diagnostic.severity,
      message: diagnostic.message,
      ...(diagnostic.hint !== undefined && { hint: diagnostic.hint }),
      ...place(diagnostic),
      ...(diagnostic.related && {
        related: diagnostic.related.map((other) => ({ message: other.message, ...place(other) })),
      }),
    })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

const objectJson = ({ kind, namespace, name }: ObjectRef) => ({
  kind,
  ...(namespace !== '' && { namespace }),
  ...(name !== '' && { name }),
});

/** RFC 6901. */
const jsonPointer = (path: Path): string =>
  path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
