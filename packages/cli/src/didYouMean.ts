// The phrase that suggests a known word for a mistyped one.
import { nearest } from '@i2kit/common';

/** ` Did you mean X?`, or nothing. */
export function didYouMean(word: string, known: readonly string[], as: (word: string) => string = (w) => w): string {
  const found = nearest(word, known);
  return found === undefined ? '' : ` Did you mean ${as(found)}?`;
}
