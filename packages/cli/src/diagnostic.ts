// Diagnostics of the command line about files, flags and configuration, in the compiler's form.
import type { Code, Diagnostic, Path, Severity } from '@i2kit/compiler';

/** Severities of the codes used here; `catalog` holds their texts, and loading it would slow down every start. */
const severities: Readonly<Partial<Record<Code, Severity>>> = { I2K752: 'warning' };

interface DiagnosticPlace {
  /** A file, or the invalid flag or variable. */
  readonly source: string;
  readonly path?: Path;
  /** Index in the source's text. */
  readonly offset?: number;
  readonly hint?: string;
}

export function diagnosticAt(
  code: Code,
  message: string,
  { source, path = [], offset, hint }: DiagnosticPlace,
): Diagnostic {
  return {
    code,
    severity: severities[code] ?? 'error',
    message,
    object: { source, document: 0, apiVersion: '', kind: '', namespace: '', name: '' },
    path,
    ...(hint !== undefined && { hint }),
    ...(offset !== undefined && { offset }),
  };
}
