// Writes files atomically: all to temporary files first, then each renamed into place.

import { dirname, join, resolve } from 'node:path';
import { systemCode } from '@i2kit/common';
import type { Diagnostic } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import { systemReason } from '../input/fileText.ts';
import { leavingLink } from '../input/links.ts';
import type { Io } from '../io.ts';
import { lockFile } from './fileLock.ts';

export interface OutputFile {
  /** Relative to the working directory. */
  readonly name: string;
  /**
   * A function receives the file's current content (empty if missing) once the file is locked, so that no writer
   * undoes another's work.
   */
  readonly content: string | Uint8Array | ((now: string) => string);
}

/** An unchanged file keeps its modification time. */
export function writeFiles(io: Io, outputs: readonly OutputFile[]): Diagnostic[] {
  const leaving = outputs.flatMap(({ name }) => leavingLink(io, name) ?? []);
  if (leaving.length > 0) return leaving;
  const moves: { readonly from: string; readonly to: string }[] = [];
  const releases: (() => void)[] = [];
  let at = '';
  try {
    for (const { name, content: given } of outputs) {
      at = name;
      const to = linkTarget(io, resolve(io.cwd, name));
      if (typeof given === 'function') releases.push(lockFile(io, to));
      const content = typeof given === 'function' ? given(readIfExists(io, to)) : given;
      if (hasContent(io, to, content)) continue;
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
    if (error instanceof SyntaxError)
      return [diagnosticAt('I2K733', 'the file was changed meanwhile, and is not JSON now', { source: at })];
    if (systemCode(error) === undefined) throw error;
    return [diagnosticAt('I2K751', `the system cannot write it: ${systemReason(error)}`, { source: at })];
  } finally {
    for (const { from } of moves) io.files.rmSync(from, { force: true });
    for (const release of releases) release();
  }
}

/** A symbolic link stays a link: its target, inside the project, is replaced. */
const linkTarget = (io: Io, path: string): string => (io.files.existsSync(path) ? io.files.realpathSync(path) : path);

const readIfExists = (io: Io, path: string): string =>
  io.files.existsSync(path) ? io.files.readFileSync(path).toString('utf8') : '';

function hasContent(io: Io, path: string, content: string | Uint8Array): boolean {
  try {
    return io.files.readFileSync(path).equals(Buffer.from(content as string));
  } catch {
    return false;
  }
}
