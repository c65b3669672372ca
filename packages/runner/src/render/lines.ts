// Progress as lines: plain text for logs, NDJSON for programs; makes text from AWS safe for a terminal.

import { escapeInvisible } from '@i2kit/common';
import { isResult, type RunEvent } from '../events/catalog.ts';

/**
 * Makes text from AWS safe for a terminal: it may quote text of contributors. One line without control characters:
 * each is shown as its code, new lines as spaces.
 */
export const printable = (text: string): string => escapeInvisible(text.replace(/\r?\n|\t/g, ' '));

const levelPrefixes: Readonly<Record<RunEvent['level'], string>> = {
  debug: 'debug',
  info: '',
  warn: 'warning: ',
  error: 'error: ',
  result: '',
};

const elapsedText = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
};

/**
 * Progress for logs: one plain line per event, never redrawn, no colour.
 * The lines of one event; none for debug events. `since` is the start of the run in milliseconds; the line shows the
 * elapsed time. The root cause and the hint come with the result, at the end of the output.
 */
export function plainLines(event: RunEvent, since: number): readonly string[] {
  if (event.level === 'debug') return [];
  const head = `${elapsedText(event.at - since)} ${event.stackName ? `${event.stackName}  ` : ''}`;
  const lines = [`${head}${levelPrefixes[event.level]}${printable(event.message)}`];
  if (event.code === 'I2K824') lines.push(...event.data.evidence.map((each) => `${head}  | ${printable(each)}`));
  if (event.code === 'I2K899') {
    for (const each of event.data.stacks)
      lines.push(
        `${head}  ${each.stackName}: ${each.result ? `${each.result.outcome}: ${printable(each.result.message)}` : `skipped, because of ${each.stoppedBy ?? 'another stack'}`}`,
      );
  } else if (isResult(event)) {
    const { cause, hint } = event.data;
    for (const each of cause?.evidence ?? []) lines.push(`${head}  | ${printable(each)}`);
    if (hint) lines.push(`${head}hint: ${printable(hint)}`);
  }
  return lines;
}

/**
 * Progress for programs: one JSON object per line. Without the line ending. `v` is the version of this format;
 * within a version, fields are only added.
 */
export const ndjsonLine = (event: RunEvent): string =>
  JSON.stringify({ v: 1, ...event, at: new Date(event.at).toISOString() });
