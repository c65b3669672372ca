// Renders diagnostics as text: place, message, source line and hint. Also converts places to positions for JSON
// output.
import { escapeInvisible } from '@i2kit/common';
import { type Locatable, locator } from './1-read/diagnosticPlaces.ts';
import { type Code, catalog } from './catalog.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Source } from './manifest.ts';
import { frame } from './render/frame.ts';
import { ansiPalette, type Palette, plainPalette } from './render/palette.ts';
import { type Position, positions } from './render/positions.ts';
import { mayShowSecret } from './render/redaction.ts';

export type { Position } from './render/positions.ts';

export interface RenderOptions {
  readonly color: boolean;
  /** Columns of the terminal (default: 100). Only source lines are cut to it. */
  readonly width?: number;
}

/** The position of one diagnostic; undefined if its source is not given. For many, use `positionsIn`. */
export function position(diagnostic: Locatable, sources: readonly Source[]): Position | undefined {
  return positionsIn(sources)(diagnostic);
}

/** The same for many: each document is parsed once. */
export function positionsIn(sources: readonly Source[]): (diagnostic: Locatable) => Position | undefined {
  const find = positions(locator(sources));
  return (diagnostic) => {
    const found = find(diagnostic);
    if (!found) return undefined;
    const { place: _, ...position } = found;
    return position;
  };
}

/**
 * Renders all diagnostics, in the order of sources and lines, with a blank line between them and the command that
 * explains each code at the end. No text of the input can control the terminal; values of Secrets are hidden.
 */
export function render(diagnostics: readonly Diagnostic[], sources: readonly Source[], options: RenderOptions): string {
  if (diagnostics.length === 0) return '';
  const palette = options.color ? ansiPalette : plainPalette;
  const find = positions(locator(sources));
  const order = new Map(sources.map(({ name }, index) => [name, index]));
  const placed = diagnostics.map((diagnostic) => ({ diagnostic, at: find(diagnostic) }));
  const before = ({ diagnostic, at: position }: (typeof placed)[number]) =>
    [order.get(diagnostic.object.source) ?? -1, position?.place.start ?? -1] as const;
  placed.sort((a, b) => {
    const [source, start] = before(a);
    const [otherSource, otherStart] = before(b);
    return source - otherSource || start - otherStart;
  });
  const width = options.width ?? 100;
  const blocks = placed.map(({ diagnostic, at: position }) =>
    diagnosticBlock(diagnostic, position, find, palette, width).join('\n'),
  );
  return `${[...blocks, explanations(diagnostics, palette)].join('\n\n')}\n`;
}

type FindPosition = ReturnType<typeof positions>;

function diagnosticBlock(
  diagnostic: Diagnostic,
  position: ReturnType<FindPosition>,
  find: FindPosition,
  palette: Palette,
  width: number,
): string[] {
  const { severity, code, message, hint, related = [] } = diagnostic;
  const paint = palette.severity[severity];
  const where = position ? `${escapeInvisible(position.file)}:${position.line}:${position.column} ` : '';
  return [
    `${paint(`${severity}[${code}]`)} ${where}${palette.strong(clipped(message))}`,
    ...(position ? markedLines(diagnostic, position, palette, paint, width) : []),
    ...(hint === undefined ? [] : [`  ${palette.gutter('=')} hint: ${clipped(hint)}`]),
    ...related.flatMap((each) => {
      const other = find(each);
      const place = other ? `${escapeInvisible(other.file)}:${other.line}:${other.column} ` : '';
      return [
        `  ${palette.gutter('=')} ${place}${clipped(each.message)}`,
        ...(other ? markedLines(each, other, palette, palette.severity.info, width) : []),
      ];
    }),
  ];
}

function markedLines(
  locatable: Locatable,
  position: NonNullable<ReturnType<FindPosition>>,
  palette: Palette,
  paint: (text: string) => string,
  width: number,
): string[] {
  const { text, start, end } = position.place;
  const lineStart = start - position.column + 1;
  const newline = text.indexOf('\n', start);
  const lineEnd = newline < 0 ? text.length : newline;
  if (mayShowSecret(locatable, position.place, { start: lineStart, end: lineEnd })) return [];
  const line = text.slice(lineStart, lineEnd);
  return frame(
    { line: position.line, text: line, start: start - lineStart, end: Math.min(end - lineStart, line.length) },
    palette,
    paint,
    width,
  );
}

function explanations(diagnostics: readonly Diagnostic[], palette: Palette): string {
  const codes = [...new Set(diagnostics.map(({ code }): Code => code))].sort();
  return codes.map((code) => palette.faint(`i2kit explain ${code}   ${catalog[code].title}`)).join('\n');
}

/** Quotations of the input in a message may be long. */
function clipped(text: string): string {
  const shown = escapeInvisible(text.slice(0, 1000));
  return text.length > 1000 ? `${shown}…` : shown;
}
