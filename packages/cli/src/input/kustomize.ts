// Builds a directory with the kustomize or kubectl program (`-k`).

import { join, resolve, sep } from 'node:path';
import { escapeInvisible, failure, type Outcome, success, systemCode } from '@i2kit/common';
import type { Diagnostic } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import type { Io } from '../io.ts';
import { lastLines } from '../text.ts';
import { inputLimits, mebibytes, readError } from './fileText.ts';
import { leavingLink } from './links.ts';

export interface KustomizeBuild {
  /** The directory, as the user wrote it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Lines of warnings, with control characters escaped; usually empty. */
  readonly warnings: string;
}

/** In this order: kubectl contains a version of Kustomize of its own. */
const programs = [
  ['kustomize', 'build'],
  ['kubectl', 'kustomize'],
] as const;

/** Fetching a base may take a while, but must not hang forever. */
const buildTimeoutMs = 60_000;

/** Builds one directory within `within` milliseconds. */
export async function buildKustomization(
  io: Io,
  given: string,
  within = buildTimeoutMs,
): Promise<Outcome<KustomizeBuild, Diagnostic>> {
  const name = given.split(sep).join('/');
  const [problem] = directoryDiagnostics(io, given);
  if (problem) return failure(problem);
  // A leading hyphen would make it a flag.
  const directory = given.startsWith('-') ? join('.', sep, given) : given;
  for (const [program, verb] of programs) {
    const ran = await runProgram(io, program, verb, directory, within);
    if (ran === undefined) continue;
    if (!ran.ok) {
      const [{ message, hint }] = ran.problems;
      return failure(diagnosticAt('I2K754', message, { source: name, ...(hint !== undefined && { hint }) }));
    }
    const { stdout, stderr } = ran.value;
    return success({ name, bytes: stdout, warnings: warningText(stderr) });
  }
  const hint = 'Install kustomize or kubectl, or build it elsewhere: kustomize build … | i2kit synth -f -';
  return failure(diagnosticAt('I2K753', 'building it needs kustomize or kubectl on PATH', { source: name, hint }));
}

const warningText = (stderr: string): string =>
  stderr.trim() === '' ? '' : `${stderr.trim().split('\n').map(escapeInvisible).join('\n')}\n`;

/** Both programs would also accept an address, and download from it. */
function directoryDiagnostics(io: Io, given: string): readonly Diagnostic[] {
  try {
    if (io.files.statSync(resolve(io.cwd, given)).isDirectory()) return [leavingLink(io, given) ?? []].flat();
    return [diagnosticAt('I2K721', '-k takes a directory that holds a kustomization.yaml', { source: given })];
  } catch (error) {
    return [readError(error, given)];
  }
}

interface ProgramOutput {
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** Undefined if the program is not installed. */
async function runProgram(
  io: Io,
  program: string,
  verb: string,
  directory: string,
  within: number,
): Promise<Outcome<ProgramOutput> | undefined> {
  const { execFile } = await import('node:child_process');
  return new Promise((done) => {
    const options = {
      cwd: io.cwd,
      env: { ...io.env },
      encoding: 'buffer',
      maxBuffer: inputLimits.file,
      timeout: within,
      killSignal: 'SIGKILL',
    } as const;
    const fail = (reason: string, hint?: string) =>
      done(failure({ message: `${program} ${verb} ${reason}`, ...(hint !== undefined && { hint }) }));
    const child = execFile(program, [verb, directory], options, (error, stdout, stderr) => {
      const text = stderr.toString('utf8');
      if (!error) return done(success({ stdout, stderr: text }));
      if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
        return fail(`produces more than ${mebibytes(inputLimits.file)}`);
      if (error.killed) return fail(`has not finished after ${within / 1000} s`, 'A remote base may not be answering.');
      if (systemCode(error) === 'ENOENT') return done(undefined);
      const reason = lastLines(text.trim()) || error.message;
      return fail(`fails${typeof error.code === 'number' ? ` with ${error.code}` : ''}: ${reason}`);
    });
    child.stdin?.end();
  });
}
