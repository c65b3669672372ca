// Docker's credential helpers: programs that return a host's credentials (docker/docker-credential-helpers).

import { spawn } from 'node:child_process';
import { systemCode } from '@i2kit/common';
import { ImageError } from '../errors.ts';
import type { Environment } from './dockerConfig.ts';

export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** A refresh token, to be exchanged at the token service. */
  | { readonly kind: 'token'; readonly token: string };

const helperTimeoutMs = 30_000;

/** Undefined if the helper has none. */
export async function askCredentialHelper(
  name: string,
  server: string,
  env: Environment,
): Promise<Credentials | undefined> {
  if (!/^[\w.-]+$/.test(name))
    throw new ImageError('credentials-unreadable', `"${name}" is not a valid name of a credential helper.`);
  const program = `docker-credential-${name}`;
  const { code, output, errors } = await runHelper(program, server, env);
  if (code !== 0) {
    if (/credentials not found|no credentials|not found in native keychain/i.test(`${output}${errors}`))
      return undefined;
    throw new ImageError(
      'tool-failed',
      `${program} failed for ${server}: ${(errors || output).trim().split('\n').at(-1) ?? `code ${code}`}`,
    );
  }
  const found = parseHelperOutput(output);
  if (found?.Username === undefined || found.Secret === undefined)
    throw new ImageError('tool-failed', `${program} returned unreadable credentials.`);
  if (found.Username === '<token>') return { kind: 'token', token: found.Secret };
  return { kind: 'password', username: found.Username, password: found.Secret };
}

function parseHelperOutput(text: string): { Username?: string; Secret?: string } | undefined {
  try {
    return JSON.parse(text) as { Username?: string; Secret?: string };
  } catch {
    return undefined;
  }
}

function runHelper(
  program: string,
  server: string,
  env: Environment,
): Promise<{ code: number | null; output: string; errors: string }> {
  // Not spawn's own time limit: that of a program which cannot be started would keep the process alive.
  const limit = AbortSignal.timeout(helperTimeoutMs);
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: env as NodeJS.ProcessEnv,
      signal: limit,
      killSignal: 'SIGKILL',
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    // A helper may end without reading its input; its output decides.
    child.stdin.on('error', () => {});
    child.on('error', (error) => {
      const missing = systemCode(error) === 'ENOENT';
      const hint = {
        hint: `Docker's configuration names it; install it, or remove it from the configuration.`,
        cause: error,
      };
      const what = missing
        ? 'is not on PATH'
        : limit.aborted
          ? `did not end within ${helperTimeoutMs / 1000} s`
          : 'cannot be started';
      reject(new ImageError(missing ? 'tool-missing' : 'tool-failed', `${program} ${what}.`, hint));
    });
    child.on('close', (code) => resolve({ code, output, errors }));
    child.stdin.end(`${server}\n`);
  });
}
