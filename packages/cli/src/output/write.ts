// Writes files so that none is ever half-written: all beside their places first, then each moved into its place.
import { dirname, join, resolve } from 'node:path';
import type { Diagnostic } from '@i2kit/compiler';
import { reason } from '../input/unread.ts';
import { type Io, systemCode } from '../io.ts';
import { problem } from '../problem.ts';

export interface Output {
  /** Relative to the working directory. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** A file that holds these bytes already is left alone, and so is its time. */
export function writeAll(io: Io, outputs: readonly Output[]): Diagnostic[] {
  const moves: { readonly from: string; readonly to: string }[] = [];
  let at = '';
  try {
    for (const { name, content } of outputs) {
      at = name;
      const to = resolve(io.cwd, name);
      if (same(io, to, content)) continue;
      const from = join(dirname(to), `.i2kit-${io.runtime.pid}-${moves.length}.tmp`);
      io.files.mkdirSync(dirname(to), { recursive: true });
      moves.push({ from, to });
      io.files.writeFileSync(from, content);
    }
    for (const { from, to } of moves) {
      at = to;
      io.files.renameSync(from, to);
    }
    return [];
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [problem('I2K751', `the system does not let it be written: ${reason(error)}`, { source: at })];
  } finally {
    for (const { from } of moves) io.files.rmSync(from, { force: true });
  }
}

function same(io: Io, path: string, content: string | Uint8Array): boolean {
  try {
    return io.files.readFileSync(path).equals(Buffer.from(content as string));
  } catch {
    return false;
  }
}
