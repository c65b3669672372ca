// Renders a review for a terminal of at least 80 columns: the verdict, a table of effects, and the changed properties
// of each.

import { escapeInvisible } from '@i2kit/common';
import type { Effect, Verb } from '../effects/effect.ts';
import { shortObjectName } from '../phrases.ts';
import type { StackReview } from '../stackReview.ts';
import { verdict } from '../verdict.ts';
import { changeLines } from './changeLines.ts';
import { costSentence } from './cost.ts';

export interface TextOptions {
  readonly columns: number;
  readonly color: boolean;
  /** True to show the changed properties. */
  readonly hunks: boolean;
}

const verbColors: Readonly<Record<Verb, number>> = {
  FAIL: 31,
  DESTROY: 31,
  REPLACE: 31,
  INTERRUPT: 31,
  MOVE: 33,
  ROLL: 33,
  SCALE: 33,
  UPDATE: 33,
  CREATE: 32,
  RETAIN: 36,
};

export function reviewText(review: StackReview, { columns, color, hunks: wanted }: TextOptions): string {
  const colored = (verb: Verb) => (color ? `\u001b[${verbColors[verb]}m${verb.padEnd(9)}\u001b[39m` : verb.padEnd(9));
  const bold = (words: string) => (color ? `\u001b[1m${words}\u001b[22m` : words);
  const indent = ' '.repeat(13);
  const rows = (effect: Effect): readonly string[] => {
    const [first = '', ...rest] = wrapLine(
      escapeInvisible(`${effect.text}${effect.guard ? ` [${effect.guard}]` : ''}`),
      columns - 13,
    );
    const detail = (line: string) =>
      wrapLine(line, columns - 17).map((part, at) => `${indent}${at === 0 ? '  ' : '    '}${part}`);
    return [
      `  ${colored(effect.verb)}  ${first}`,
      ...rest.map((line) => `${indent}${line}`),
      ...(wanted ? changeLines(effect).flatMap(detail) : []),
    ];
  };
  const objects = [...new Set(review.effects.map(({ object }) => object))];
  const table = objects.flatMap((object) => [
    bold(escapeInvisible(objectTitle(review, object))),
    ...review.effects.filter((effect) => effect.object === object).flatMap(rows),
  ]);
  const head = wrapLine(`${review.stack}: ${verdict(review)}`, columns).map(bold);
  return `${[...head, ...table, ...(review.effects.length > 0 ? wrapLine(costSentence(review) ?? '', columns).filter(Boolean) : [])].join('\n')}\n`;
}

/** `Deployment/web  web.yaml:12`. */
function objectTitle({ places, stack }: StackReview, object: string): string {
  const place = places[object];
  return `${shortObjectName(object) || stack}${place ? `  ${place.file}:${place.line}` : ''}`;
}

/** Breaks at spaces; a word longer than a line stays whole, so that it can be copied. */
export function wrapLine(line: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
