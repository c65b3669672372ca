// The colours of diagnostics, as ANSI escapes: this package does not depend on Node.
import type { Severity } from '../diagnostic.ts';

type Paint = (text: string) => string;

export interface Palette {
  readonly severity: Readonly<Record<Severity, Paint>>;
  readonly strong: Paint;
  readonly faint: Paint;
  readonly gutter: Paint;
}

const ansiPaint =
  (code: number): Paint =>
  (text) =>
    text === '' ? '' : `\u001b[${code}m${text}\u001b[0m`;

export const ansiPalette: Palette = {
  severity: { error: ansiPaint(31), warning: ansiPaint(33), info: ansiPaint(36) },
  strong: ansiPaint(1),
  faint: ansiPaint(2),
  gutter: ansiPaint(34),
};

const unpainted: Paint = (text) => text;

export const plainPalette: Palette = {
  severity: { error: unpainted, warning: unpainted, info: unpainted },
  strong: unpainted,
  faint: unpainted,
  gutter: unpainted,
};
