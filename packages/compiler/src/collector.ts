// Collects the diagnostics of the phases, in an order that does not depend on theirs.
import { compareText } from '@i2kit/common';
import { catalog } from './catalog.ts';
import type { Diagnostic, Path, Report } from './diagnostic.ts';

export interface DiagnosticCollector {
  readonly report: Report;
  /** The diagnostics so far, by place. */
  diagnostics(): readonly Diagnostic[];
  /** True once an error was reported. */
  hasErrors(): boolean;
}

export function collector(): DiagnosticCollector {
  const found: Diagnostic[] = [];
  return {
    report: (finding) => {
      found.push({ ...finding, severity: finding.severity ?? catalog[finding.code].severity });
    },
    diagnostics: () => [...found].sort(compareByPlace),
    hasErrors: () => found.some(({ severity }) => severity === 'error'),
  };
}

function compareByPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.object.source, b.object.source) ||
    a.object.document - b.object.document ||
    (a.object.item ?? 0) - (b.object.item ?? 0) ||
    comparePaths(a.path, b.path) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

function comparePaths(a: Path, b: Path): number {
  const differs = a.findIndex((part, position) => part !== b[position]);
  if (differs < 0) return a.length - b.length;
  const [left, right] = [a[differs], b[differs]];
  if (right === undefined) return 1;
  return typeof left === 'number' && typeof right === 'number'
    ? left - right
    : compareText(String(left), String(right));
}
