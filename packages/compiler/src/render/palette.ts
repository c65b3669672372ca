// The few colours of diagnostics, as ANSI escapes by hand: this package has nothing of Node.
import type { Severity } from '../diagnostic.ts';

type Paint = (text: string) => string;

export interface Palette {
  readonly severity: Readonly<Record<Severity, Paint>>;
  readonly strong: Paint;
  readonly faint: Paint;
  readonly gutter: Paint;
}

const paint =
  (code: number): Paint =>
  (text) =>
    text === '' ? '' : `\u001b[${code}m${text}\u001b[0m`;

export const colours: Palette = {
  severity: { error: paint(31), warning: paint(33), info: paint(36) },
  strong: paint(1),
  faint: paint(2),
  gutter: paint(34),
};

const same: Paint = (text) => text;

export const plain: Palette = { severity: { error: same, warning: same, info: same }, strong: same, faint: same, gutter: same };
