// A review as a comment of a pull request: three tiers that give way from below, so that it always fits.
import { countText } from '@i2kit/common';
import type { Effect } from '../effects/effect.ts';
import { shortObjectName } from '../phrases.ts';
import type { StackReview } from '../review.ts';
import { verdict } from '../verdict.ts';
import { changeLines } from './changeLines.ts';
import { costSentence } from './cost.ts';

/** Of GitHub's 65,536 characters, some are left to who posts it. */
const maxLength = 60_000;

/** By this line a comment is found again, and updated rather than repeated. */
export const commentMarker = '<!-- i2kit review -->';

export function reviewMarkdown(reviews: readonly StackReview[]): string {
  const changed = reviews.filter(({ effects }) => effects.length > 0);
  if (changed.length === 0) return `${commentMarker}\n### i2kit: no changes\n`;
  const heads = changed.map((review) => `**${escapeMarkdown(review.stack)}**: ${escapeMarkdown(verdict(review))}`);
  const guards = [...new Set(changed.flatMap(({ effects }) => effects.flatMap(({ guard }) => (guard ? [guard] : []))))];
  const warned =
    guards.length > 0
      ? [
          `> :warning: \`apply\` refuses this without a flag, because of: ${guards.map((guard) => guardWarnings[guard]).join(', ')}.`,
        ]
      : [];
  const head = [
    commentMarker,
    `### i2kit: ${countText(changed.length, 'stack')} would change`,
    '',
    ...spacedLines(heads),
    ...warned,
  ];
  const tables = changed.map((review) =>
    [
      '',
      ...effectTable(review),
      ...[costSentence(review)].flatMap((line) => (line ? ['', `_${escapeMarkdown(line)}_`] : [])),
    ].join('\n'),
  );
  const details = changed.flatMap(({ effects }) => effects.flatMap(effectDetails));
  return fitToLimit([...head, ''].join('\n'), tables, details);
}

const spacedLines = (lines: readonly string[]): readonly string[] => lines.flatMap((line) => [line, '']);

const guardWarnings = {
  data: 'data that would be lost',
  address: 'an address that would change',
  rights: 'rights that widen',
  network: 'network that opens',
  fails: 'what CloudFormation would refuse',
} as const;

function effectTable({ stack, effects, places }: StackReview): readonly string[] {
  const rows = effects.map(({ verb, object, text, guard }) => {
    const place = places[object];
    const where = place ? ` <sub>${escapeMarkdown(`${place.file}:${place.line}`)}</sub>` : '';
    return `| ${guard ? `**${verb}**` : verb} | ${escapeMarkdown(shortObjectName(object) || stack)}${where} | ${escapeMarkdown(text)} |`;
  });
  return ['| | what | effect |', '|---|---|---|', ...rows];
}

function effectDetails(effect: Effect): readonly string[] {
  const lines = changeLines(effect);
  if (lines.length === 0) return [];
  const title = `${effect.verb} ${escapeMarkdown(shortObjectName(effect.object))}: ${escapeMarkdown(effect.text)}`;
  // Nothing in it can end it: lines are indented.
  return [`<details><summary>${title}</summary>\n\n${lines.map((line) => `    ${line}`).join('\n')}\n\n</details>\n`];
}

/** As many details as there is room for, then as many rows; what is left out is said. */
function fitToLimit(head: string, tables: readonly string[], details: readonly string[]): string {
  const rest = (left: number) =>
    left > 0 ? `\n_${countText(left, 'detail')} left out: \`i2kit diff\` shows all of them._\n` : '';
  let text = `${head}\n${tables.join('\n')}\n\n`;
  if (text.length > maxLength - 200) return shortenTables(head, tables);
  for (const [at, each] of details.entries()) {
    if (text.length + each.length > maxLength - 200) return `${text}${rest(details.length - at)}`;
    text += each;
  }
  return text;
}

function shortenTables(head: string, tables: readonly string[]): string {
  const lines = tables.join('\n').split('\n');
  const kept: string[] = [];
  let length = Math.min(head.length, maxLength / 2);
  for (const line of lines) {
    length += line.length + 1;
    if (length > maxLength - 200) break;
    kept.push(line);
  }
  return `${head.slice(0, maxLength / 2)}\n${kept.join('\n')}\n\n_${countText(lines.length - kept.length, 'line')} left out: \`i2kit diff\` shows all of them._\n`;
}

/**
 * Manifests are written by contributors: nothing of theirs becomes markup, a link or a mention. An entity is a letter to
 * Markdown; the character of no width keeps `@` and `#` from being followed by a name.
 */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '\ufffd')
    .replace(/[&<>"'`*_[\]()|\\~!@#]|:(?=\/\/)|(?<=www)\./gi, (character) => {
      const entity = `&#${character.charCodeAt(0)};`;
      return character === '@' || character === '#' ? `${entity}&#8204;` : entity;
    });
