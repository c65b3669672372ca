// Renders a review as a comment of a pull request; details and rows are left out as needed to fit GitHub's limit.
import { countText, escapeLookAlikes, replaceInvisible } from '@i2kit/common';
import type { Effect } from '../effects/effect.ts';
import { shortObjectName } from '../phrases.ts';
import type { StackReview } from '../stackReview.ts';
import { verdict } from '../verdict.ts';
import { changeLines } from './changeLines.ts';
import { costSentence } from './cost.ts';

/** GitHub allows 65,536 characters; the rest is left to the caller. */
const maxLength = 60_000;

/** Identifies the comment, so that it is updated instead of repeated. */
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
  data: 'data loss',
  address: 'a changed address',
  rights: 'wider permissions',
  network: 'wider network access',
  fails: 'a change that CloudFormation refuses',
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
  // Lines are indented: no text in them can end the block.
  return [`<details><summary>${title}</summary>\n\n${lines.map((line) => `    ${line}`).join('\n')}\n\n</details>\n\n`];
}

/** Fits as many details as possible, then as many rows, and reports the number of those left out. */
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
 * Contributors write manifests: none of their text becomes markup, a link or a mention. Markdown treats an entity as
 * a letter; the zero-width character keeps `@` and `#` from being followed by a name.
 */
export const escapeMarkdown = (text: string): string =>
  replaceInvisible(escapeLookAlikes(text), () => '\ufffd').replace(
    /[&<>"'`*_[\]()|\\~!@#]|:(?=\/\/)|(?<=www)\./gi,
    (character) => {
      const entity = `&#${character.charCodeAt(0)};`;
      return character === '@' || character === '#' ? `${entity}&#8204;` : entity;
    },
  );
