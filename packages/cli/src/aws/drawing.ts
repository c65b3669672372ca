// A tree that is drawn over itself at the bottom of the terminal, while what is said scrolls by above it.
import { type RunEvent, tree } from '@i2kit/runner';
import type { Context } from '../context.ts';
import type { Origins } from './origins.ts';

export interface Drawing {
  add(event: RunEvent): void;
  /** A line that stays, above the tree. */
  say(text: string): void;
  end(): void;
}

export function drawing({ io, color }: Context, origins: Origins): Drawing {
  const picture = tree();
  let drawn = 0;
  const erase = () => (drawn > 0 ? `\u001b[${drawn}A\u001b[J` : '');
  const draw = (before = '') => {
    const lines = picture.lines(Date.now(), {
      origins,
      color,
      columns: io.stderr.columns ?? 80,
      // One line for the cursor, one for luck.
      rows: Math.max(4, (io.stderr.rows ?? 24) - 2),
    });
    io.stderr.write(`${erase()}${before}${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines.length;
  };
  // Elapsed time goes on while nothing happens.
  const timer = setInterval(() => draw(), 1_000);
  timer.unref();
  return {
    add(event) {
      picture.add(event);
      draw();
    },
    say: (text) => draw(`${text}\n`),
    end() {
      clearInterval(timer);
      if (drawn > 0) draw();
      drawn = 0;
    },
  };
}
