// Runs a tool: reports and logs its output line by line, ends it when the caller cancels, and quotes its error.

import { spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemCode } from '@i2kit/common';
import { ImageError, throwIfCancelled, writeErrorOf } from '../errors.ts';

export interface ToolOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** File that all output is appended to. */
  readonly log: string;
  readonly signal?: AbortSignal | undefined;
  readonly onLine?: (text: string) => void;
  readonly input?: Readable;
  /** Hint if the program is missing. */
  readonly hint: string;
}

const maxTailLines = 200;
const diskFullPattern = /no space left on device|disk quota exceeded/i;

/** Returns its standard output. Throws `tool-missing`, `tool-failed`, `disk-full`, `cancelled`. */
export async function runTool(program: string, args: readonly string[], options: ToolOptions): Promise<string> {
  throwIfCancelled(options.signal);
  const log = createWriteStream(options.log, { flags: 'a' });
  let broken: unknown;
  log.on('error', (error) => {
    broken = error;
  });
  log.write(`$ ${program} ${args.join(' ')}\n`);
  const tail: string[] = [];
  const onLine = (text: string): void => {
    log.write(`${text}\n`);
    if (tail.push(text) > maxTailLines) tail.shift();
    options.onLine?.(text);
  };
  const outcome = await spawnTool(program, args, options, onLine).finally(() => closeLog(log));
  if (broken !== undefined) throw writeErrorOf(broken, options.log);
  if (outcome.code === 0) return outcome.output;
  throwIfCancelled(options.signal);
  throw toolError(program, args, outcome.code, tail, options);
}

const closeLog = (log: WriteStream): Promise<unknown> =>
  new Promise((resolve) => log.end(resolve).on('error', resolve));

function toolError(
  program: string,
  args: readonly string[],
  code: number | null,
  tail: readonly string[],
  { cwd, log }: ToolOptions,
): ImageError {
  if (tail.some((line) => diskFullPattern.test(line)))
    return new ImageError('disk-full', `The disk is full in ${cwd}, where ${program} writes.`, {
      hint: `Free space there. The log is ${log}.`,
    });
  const said = tail
    .filter((line) => line.trim() !== '')
    .slice(-3)
    .join(' / ');
  return new ImageError(
    'tool-failed',
    `${program} ${args[0] ?? ''} failed (${code === null ? 'killed' : `code ${code}`}): ${said || 'no error message'}`,
    { hint: `The log is ${log}.` },
  );
}

function spawnTool(
  program: string,
  args: readonly string[],
  options: ToolOptions,
  onLine: (text: string) => void,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    // A process group of its own: linuxkit starts helpers, which must end with it.
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const stop = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      } catch {
        // It has ended already.
      }
    };
    options.signal?.addEventListener('abort', stop);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const [out, err] = [lineSplitter(onLine), lineSplitter(onLine)];
    child.stdout.on('data', out.add).on('end', out.end);
    child.stderr.on('data', err.add).on('end', err.end);
    // A tool may end without reading all of its input; its exit code decides.
    const fed = options.input ? pipeline(options.input, child.stdin) : Promise.resolve(child.stdin.end());
    let inputFailure: unknown;
    fed.catch((error: unknown) => {
      inputFailure = error;
    });
    child.on('error', (error) => {
      options.signal?.removeEventListener('abort', stop);
      const missing = systemCode(error) === 'ENOENT';
      reject(
        new ImageError(
          missing ? 'tool-missing' : 'tool-failed',
          `${program} ${missing ? 'is not on PATH' : `cannot be started: ${error.message}`}.`,
          { hint: options.hint, cause: error },
        ),
      );
    });
    child.on('close', (code) => {
      options.signal?.removeEventListener('abort', stop);
      if (code === 0 && inputFailure !== undefined && systemCode(inputFailure) !== 'EPIPE') reject(inputFailure);
      else resolve({ code, output });
    });
  });
}

function lineSplitter(onLine: (text: string) => void): { add: (chunk: Buffer) => void; end: () => void } {
  let rest = '';
  return {
    add(chunk) {
      const parts = (rest + chunk.toString()).split(/\r?\n/);
      rest = parts.pop() ?? '';
      for (const part of parts) onLine(part);
    },
    end() {
      if (rest !== '') onLine(rest);
    },
  };
}
