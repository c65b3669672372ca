// Renders text columns, elapsed times and stack outputs.

import { compareEntries } from '@i2kit/common';
import { printable } from '@i2kit/runner';

/** The head and each row as a line: cells padded to their column, without trailing spaces. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const cells = [head, ...rows].map((row) => row.map(printable));
  const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** `45s`, `4m 10s`, `3h 12m`, `9d 4h`: at most two units. */
export function elapsed(ms: number): string {
  let left = Math.max(0, Math.round(ms / 1_000));
  const first = units.findIndex(([, size]) => left >= size);
  if (first < 0) return '0s';
  const parts = units.slice(first, first + 2).flatMap(([unit, size]) => {
    const whole = Math.floor(left / size);
    left %= size;
    return whole > 0 ? [`${whole}${unit}`] : [];
  });
  return parts.join(' ');
}

/** Prints the stack's outputs on standard output. */
export function outputsText(outputs: Readonly<Record<string, string>>): string {
  const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
  return Object.entries(outputs)
    .sort(compareEntries)
    .map(([name, value]) => `${printable(`${name.padEnd(width)}  ${value}`)}\n`)
    .join('');
}
