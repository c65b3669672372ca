// The process's real Io, loading only the Node modules that a command uses: each stream costs milliseconds.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '@i2kit/common';
import { systemReason } from './input/fileText.ts';
import type { Input, Io, Output } from './io.ts';
import { OutputError } from './output/outputError.ts';

/** `folder` is that of the bundle. */
export function processIo(folder: string): Io {
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    home: folder,
    stdout: outputStream(1),
    stderr: outputStream(2),
    stdin: standardInput,
    files: fs,
    runtime: { node: process.version, platform: process.platform, arch: process.arch, pid: process.pid },
    onInterrupt: (tell) => {
      process.on('SIGINT', tell).on('SIGTERM', tell);
      return () => process.off('SIGINT', tell).off('SIGTERM', tell);
    },
    readResource: (name) => fs.readFileSync(join(folder, 'schema', name), 'utf8'),
  };
}

/** Node's tty module loads its net module; /dev/null and files need neither. */
function isTerminal(fd: 0 | 1 | 2): boolean {
  try {
    return fs.fstatSync(fd).isCharacterDevice() && [process.stdin, process.stdout, process.stderr][fd]?.isTTY === true;
  } catch {
    return false;
  }
}

function outputStream(fd: 1 | 2): Output {
  const stream = () => (fd === 1 ? process.stdout : process.stderr);
  return {
    get isTTY() {
      return isTerminal(fd);
    },
    get columns() {
      return isTerminal(fd) ? (stream() as { columns: number }).columns : (undefined as never);
    },
    get rows() {
      return isTerminal(fd) ? (stream() as { rows: number }).rows : (undefined as never);
    },
    write: (text) => writeFully(fd, Buffer.from(text)),
  };
}

/** Writes synchronously; waits for a full non-blocking pipe (its other end was opened so). */
function writeFully(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(fd, bytes, at);
    } catch (error) {
      const code = systemCode(error);
      // A closed standard error does not change the failure.
      if (code === 'EPIPE' && fd === 2) return;
      if (code !== 'EAGAIN') throw outputErrorOf(error);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function outputErrorOf(error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  return code === 'EPIPE'
    ? new OutputError('output-closed', 'Standard output is closed.')
    : new OutputError('output-failed', `The system cannot write to standard output: ${systemReason(error)}.`);
}

const standardInput: Input = {
  get isTTY() {
    return isTerminal(0);
  },
  async readLine(signal) {
    const { createInterface } = await import('node:readline');
    const lines = createInterface({ input: process.stdin });
    signal.addEventListener('abort', () => lines.close());
    if (signal.aborted) lines.close();
    try {
      for await (const line of lines) return line;
      return undefined;
    } finally {
      lines.close();
      process.stdin.pause();
    }
  },
  async read(limit) {
    const parts: Uint8Array[] = [];
    let length = 0;
    // Node reads a directory here as an empty stream; reading it explicitly reports the error.
    if (fs.fstatSync(0).isDirectory()) fs.readSync(0, Buffer.alloc(1));
    for await (const part of process.stdin as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length > limit) break;
    }
    return Buffer.concat(parts);
  },
};
