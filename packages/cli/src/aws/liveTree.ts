// Draws a tree in place at the bottom of the terminal, while messages scroll above it.
import { newProgressTree, type ProgressTreeOptions, type RunEvent } from '@i2kit/runner';
import type { Context } from '../context.ts';

export interface LiveTree {
  add(event: RunEvent): void;
  /** Prints a permanent line above the tree. */
  printAbove(text: string): void;
  end(): void;
}

// Each line is overwritten and its rest erased: erasing everything first would flicker.
const clearLine = '\u001b[K';
const clearBelow = '\u001b[J';

/** Back to the start of the drawing. A narrowed terminal has broken its lines; a `^C` has moved the cursor. */
function cursorBack(drawn: readonly string[], columns: number): string {
  const rows = drawn.reduce(
    (sum, line) => sum + Math.max(1, Math.ceil(line.replace(/\u001b\[\d*m/g, '').length / columns)),
    0,
  );
  return rows > 0 ? `\r\u001b[${rows}A` : '';
}

/** The known facts of an operation before it begins. */
export type KnownOperation = Pick<ProgressTreeOptions, 'origins' | 'planned' | 'machines'>;

export function liveTree({ io, color }: Context, known: KnownOperation): LiveTree {
  const picture = newProgressTree();
  let drawn: readonly string[] = [];
  const draw = (before = '') => {
    const columns = io.stderr.columns ?? 80;
    // One line for the cursor, one spare.
    const lines = picture.lines(Date.now(), {
      ...known,
      color,
      columns,
      rows: Math.max(4, (io.stderr.rows ?? 24) - 2),
    });
    io.stderr.write(
      cursorBack(drawn, columns) +
        [...(before ? before.split('\n') : []), ...lines].map((line) => `${line}${clearLine}\n`).join('') +
        clearBelow,
    );
    drawn = lines;
  };
  // The elapsed time advances without events.
  const timer = setInterval(() => draw(), 1_000);
  timer.unref();
  return {
    add(event) {
      picture.add(event);
      draw();
    },
    printAbove: (text) => draw(text),
    end() {
      clearInterval(timer);
      if (drawn.length > 0) draw();
      drawn = [];
    },
  };
}
