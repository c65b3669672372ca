// What a stack gives to those who use it, on standard output.
import { printable } from '@i2kit/runner';

export function outputsText(outputs: Readonly<Record<string, string>>): string {
  const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
  return Object.entries(outputs)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${printable(`${name.padEnd(width)}  ${value}`)}\n`)
    .join('');
}
