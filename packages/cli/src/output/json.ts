// Diagnostics as JSON, for editors and CI; `version` changes when a reader would have to.
import type { Diagnostic, ObjectRef, Path, Source } from '@i2kit/compiler';
import type { Compiler, Pointing } from '../compiler-ports.ts';

export function diagnosticsJson(
  compiler: Pick<Compiler, 'positionsIn'>,
  diagnostics: readonly Diagnostic[],
  texts: readonly Source[],
): string {
  const position = compiler.positionsIn(texts);
  const place = (at: Pointing) => {
    const { object, path } = at;
    const found = position(at);
    return {
      file: object.source,
      ...(found && { line: found.line, column: found.column, endLine: found.endLine, endColumn: found.endColumn }),
      ...(object.kind !== '' && { object: named(object) }),
      ...(path.length > 0 && { path: pointer(path) }),
    };
  };
  const count = (severity: Diagnostic['severity']) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const value = {
    version: 1,
    summary: { errors: count('error'), warnings: count('warning'), infos: count('info') },
    diagnostics: diagnostics.map((diagnostic) => ({
      code: diagnostic.code,
      severity: diagnostic.severity,
      message: diagnostic.message,
      ...(diagnostic.hint !== undefined && { hint: diagnostic.hint }),
      ...place(diagnostic),
      ...(diagnostic.related && { related: diagnostic.related.map((other) => ({ message: other.message, ...place(other) })) }),
    })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

const named = ({ kind, namespace, name }: ObjectRef) => ({ kind, ...(namespace !== '' && { namespace }), ...(name !== '' && { name }) });

/** RFC 6901. */
const pointer = (path: Path): string => path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
