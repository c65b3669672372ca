// Renders the events of a run in the chosen format, and returns its result.
import {
  isResult,
  ndjsonLine,
  plainLines,
  printable,
  type Result,
  type RunEvent,
  type StackGraphSummary,
} from '@i2kit/runner';
import type { Context } from '../context.ts';
import { wrapText } from '../output/wrapText.ts';
import { type KnownOperation, type LiveTree, liveTree } from './liveTree.ts';
import type { ResourceOrigins } from './resourceOrigins.ts';

export interface EventRenderer {
  add(event: RunEvent): void;
  /** Leaves the final state on the screen. */
  end(): void;
}

/** `json` goes to standard output: it is the requested output, and contains the stack's outputs. */
export function eventRenderer(context: Context, known: KnownOperation, several = false): EventRenderer {
  const { io, values } = context;
  const { progress = io.stderr.isTTY && io.env['TERM'] !== 'dumb' ? 'tree' : 'plain' } = values;
  if (progress === 'json') return { add: (event) => io.stdout.write(`${ndjsonLine(event)}\n`), end: () => {} };
  if (progress === 'tree' && !values.quiet) return treeRenderer(context, liveTree(context, known), several);
  const since = Date.now();
  return {
    add(event) {
      // The result reports the same immediately after.
      if (event.code === 'I2K822' && !event.data.status.endsWith('_IN_PROGRESS')) return;
      const wanted = !values.quiet || event.level === 'error' || (isResult(event) && event.data.outcome === 'failed');
      for (const line of wanted ? plainLines(event, since) : []) io.stderr.write(`${line}\n`);
    },
    end: () => {},
  };
}

function treeRenderer({ io }: Context, picture: LiveTree, several: boolean): EventRenderer {
  return {
    add(event) {
      if (event.code === 'I2K899') {
        picture.end();
        for (const line of plainLines(event, event.at)) io.stderr.write(`${line}\n`);
      } else if (isResult(event)) {
        if (several) return picture.printAbove(resultLines(event.data, io).join('\n'));
        picture.end();
        for (const line of resultLines(event.data, io)) io.stderr.write(`${line}\n`);
      } else if (event.level === 'warn' || event.level === 'error' || event.code.startsWith('I2K80')) {
        if (event.level !== 'debug') picture.printAbove(wrapText(printable(event.message), io.stderr));
      } else picture.add(event);
    },
    end: () => picture.end(),
  };
}

/** The final lines: the result, its cause, and next steps. */
function resultLines({ outcome, message, cause, hint }: Result, { stderr }: Context['io']): readonly string[] {
  const symbol = {
    succeeded: '✓',
    unchanged: '✓',
    detached: '•',
    running: '•',
    interrupted: '•',
    failed: '✗',
    refused: '✗',
  }[outcome];
  return [
    wrapText(`${symbol} ${printable(message)}`, stderr),
    ...(cause?.evidence ?? []).map((each) => `  | ${printable(each)}`),
    ...(hint ? [wrapText(`hint: ${printable(hint)}`, stderr)] : []),
  ];
}

/** Renders a whole stream; its last event is its result. */
export async function renderRun(
  context: Context,
  stream: AsyncIterable<RunEvent>,
  origins: ResourceOrigins = {},
  known: KnownOperation = {},
): Promise<Result> {
  const shown = eventRenderer(context, { ...known, origins });
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

/** Renders the merged streams of several stacks; their last event is the summary. */
export async function renderRuns(
  context: Context,
  stream: AsyncIterable<RunEvent>,
  origins: ResourceOrigins,
): Promise<StackGraphSummary> {
  const shown = eventRenderer(context, { origins }, true);
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
