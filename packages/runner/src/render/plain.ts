// Progress for logs: one plain line an event, nothing redrawn, no colour.
import { isResult, type RunEvent } from '../events/catalog.ts';
import { printable } from './printable.ts';

const words: Readonly<Record<RunEvent['level'], string>> = { debug: 'debug', info: '', warn: 'warning: ', error: 'error: ', result: '' };

const clock = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
};

/**
 * The lines of one event, none for what only a debugger wants. `since` is when the run began, in milliseconds; the time
 * shown is the time that has passed. The root cause and what to do come with the result, so that they are what stays.
 */
export function plain(event: RunEvent, since: number): readonly string[] {
  if (event.level === 'debug') return [];
  const head = `${clock(event.at - since)} ${event.stackName ? `${event.stackName}  ` : ''}`;
  const lines = [`${head}${words[event.level]}${printable(event.message)}`];
  if (event.code === 'I2K824') lines.push(...event.data.evidence.map((each) => `${head}  | ${printable(each)}`));
  if (event.code === 'I2K899') {
    for (const each of event.data.stacks)
      lines.push(
        `${head}  ${each.stackName}: ${each.result ? `${each.result.outcome}: ${printable(each.result.message)}` : `not begun, because of ${each.stoppedBy ?? 'another'}`}`,
      );
  } else if (isResult(event)) {
    const { cause, hint } = event.data;
    for (const each of cause?.evidence ?? []) lines.push(`${head}  | ${printable(each)}`);
    if (hint) lines.push(`${head}hint: ${printable(hint)}`);
  }
  return lines;
}
