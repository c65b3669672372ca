// Shows the progress of images: a redrawn line on a terminal, plain lines elsewhere, or one JSON object per line.
import { printable } from '@i2kit/runner';
import type { Context } from '../context.ts';

export type ImageEvent =
  /** The next image begins. */
  | { readonly kind: 'image'; readonly key: string; readonly groups: readonly string[]; readonly why: string }
  | { readonly kind: 'step'; readonly key: string; readonly step: string }
  /** Progress of the current step. */
  | {
      readonly kind: 'bytes';
      readonly key: string;
      readonly step: string;
      readonly done: number;
      readonly total: number;
    }
  /** A line of a tool, for --verbose. */
  | { readonly kind: 'line'; readonly key: string; readonly text: string }
  | { readonly kind: 'note'; readonly message: string }
  | { readonly kind: 'warning'; readonly code?: string; readonly message: string; readonly hint?: string }
  | {
      readonly kind: 'disk';
      readonly key: string;
      readonly groups: readonly string[];
      readonly path: string;
      readonly size: number;
    }
  | {
      readonly kind: 'ami';
      readonly key: string;
      readonly groups: readonly string[];
      readonly region: string;
      readonly ami: string;
    };

export interface ProgressDisplay {
  add(event: ImageEvent): void;
  /** Leaves the final state on the screen. */
  end(): void;
}

/** Milliseconds between two lines about the same step, if lines are not redrawn. */
const lineIntervalMs = 5_000;

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
export const shortKey = (key: string): string => key.slice(0, 12);

export function imageProgress(
  { io, values }: Pick<Context, 'io' | 'values'>,
  now: () => number = Date.now,
): ProgressDisplay {
  const { progress: form = io.stderr.isTTY && io.env['TERM'] !== 'dumb' ? 'tree' : 'plain' } = values;
  if (form === 'json') {
    return {
      add: (event) => io.stdout.write(`${JSON.stringify({ v: 1, at: new Date(now()).toISOString(), ...event })}\n`),
      end: () => {},
    };
  }
  const redrawn = form === 'tree' && !values.quiet;
  let drawn = false;
  let last = 0;
  const line = (text: string): void => {
    io.stderr.write(`${drawn ? '\r\u001b[K' : ''}${printable(text)}\n`);
    drawn = false;
  };
  const passing = (text: string, ends: boolean): void => {
    if (redrawn) {
      io.stderr.write(`\r\u001b[K${printable(text).slice(0, (io.stderr.columns ?? 80) - 1)}`);
      drawn = true;
    } else if (ends || now() - last >= lineIntervalMs) {
      last = now();
      line(text);
    }
  };
  return {
    add(event) {
      if (values.quiet && event.kind !== 'warning') return;
      if (event.kind === 'step') {
        last = now();
        passing(`${shortKey(event.key)}  ${event.step}`, true);
      } else if (event.kind === 'bytes') {
        passing(
          `${shortKey(event.key)}  ${event.step}  ${shareText(event)}`,
          event.done === event.total && event.total > 0,
        );
      } else if (event.kind !== 'line' || values.verbose) for (const text of eventLines(event)) line(text);
    },
    end() {
      if (drawn) io.stderr.write('\r\u001b[K');
      drawn = false;
    },
  };
}

function shareText({ done, total }: { readonly done: number; readonly total: number }): string {
  return `${megabytes(done)} of ${megabytes(total)}  ${total === 0 ? 100 : Math.floor((done / total) * 100)} %`;
}

function eventLines(event: Exclude<ImageEvent, { kind: 'step' | 'bytes' }>): readonly string[] {
  switch (event.kind) {
    case 'image':
      return [`${shortKey(event.key)}  ${event.groups.join(', ')}: ${event.why}`];
    case 'line':
      return [`${shortKey(event.key)}  | ${event.text}`];
    case 'note':
      return [event.message];
    case 'warning':
      return [
        `warning${event.code ? `[${event.code}]` : ''} ${event.message}`,
        ...(event.hint ? [`  = hint: ${event.hint}`] : []),
      ];
    case 'disk':
      return [`${shortKey(event.key)}  made: ${event.path}, ${megabytes(event.size)}`];
    case 'ami':
      return [`${shortKey(event.key)}  ${event.ami} in ${event.region}`];
  }
}
