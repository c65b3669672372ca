// Shows what a run says while it goes on, in the form that was asked for, and gives how it ended.
import { isResult, ndjson, plain, printable, type Result, type RunEvent, type Summary } from '@i2kit/runner';
import type { Context } from '../context.ts';
import { wrapped } from '../output/wrapped.ts';
import { type Drawing, drawing, type Known } from './drawing.ts';
import type { Origins } from './origins.ts';

export interface Showing {
  add(event: RunEvent): void;
  /** Leaves on the screen what is to stay. */
  end(): void;
}

/** `json` goes to standard output: it is what was asked for, and holds the outputs too. */
export function showing(context: Context, known: Known, several = false): Showing {
  const { io, values } = context;
  const { progress = io.stderr.isTTY && io.env['TERM'] !== 'dumb' ? 'tree' : 'plain' } = values;
  if (progress === 'json') return { add: (event) => io.stdout.write(`${ndjson(event)}\n`), end: () => {} };
  if (progress === 'tree' && !values.quiet) return asTree(context, drawing(context, known), several);
  const since = Date.now();
  return {
    add(event) {
      // The result says the same in a moment.
      if (event.code === 'I2K822' && !event.data.status.endsWith('_IN_PROGRESS')) return;
      const wanted = !values.quiet || event.level === 'error' || (isResult(event) && event.data.outcome === 'failed');
      for (const line of wanted ? plain(event, since) : []) io.stderr.write(`${line}\n`);
    },
    end: () => {},
  };
}

function asTree({ io }: Context, picture: Drawing, several: boolean): Showing {
  return {
    add(event) {
      if (event.code === 'I2K899') {
        picture.end();
        for (const line of plain(event, event.at)) io.stderr.write(`${line}\n`);
      } else if (isResult(event)) {
        if (several) return picture.say(ending(event.data, io).join('\n'));
        picture.end();
        for (const line of ending(event.data, io)) io.stderr.write(`${line}\n`);
      } else if (event.level === 'warn' || event.level === 'error' || event.code.startsWith('I2K80')) {
        if (event.level !== 'debug') picture.say(wrapped(printable(event.message), io.stderr));
      } else picture.add(event);
    },
    end: () => picture.end(),
  };
}

/** What stays on the screen: how it ended, why, and what to do. */
function ending({ outcome, message, cause, hint }: Result, { stderr }: Context['io']): readonly string[] {
  const symbol = { succeeded: '✓', unchanged: '✓', detached: '•', running: '•', interrupted: '•', failed: '✗', refused: '✗' }[outcome];
  return [
    wrapped(`${symbol} ${printable(message)}`, stderr),
    ...(cause?.evidence ?? []).map((each) => `  | ${printable(each)}`),
    ...(hint ? [wrapped(`hint: ${printable(hint)}`, stderr)] : []),
  ];
}

/** Shows a whole stream; its last event is its result. */
export async function follow(context: Context, stream: AsyncIterable<RunEvent>, origins: Origins = {}, known: Known = {}): Promise<Result> {
  const shown = showing(context, { ...known, origins });
  try {
    for await (const event of stream) {
      shown.add(event);
      if (isResult(event)) return event.data;
    }
  } finally {
    shown.end();
  }
  throw new Error('a run ended without a result');
}

/** Shows the merged streams of several stacks; their last event is the summary. */
export async function followAll(context: Context, stream: AsyncIterable<RunEvent>, origins: Origins): Promise<Summary> {
  const shown = showing(context, { origins }, true);
  try {
    for await (const event of stream) {
      shown.add(event);
      if (event.code === 'I2K899') return event.data;
    }
  } finally {
    shown.end();
  }
  throw new Error('several runs ended without a summary');
}
