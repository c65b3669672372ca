// Reads all manifests of a command (files, directories, Kustomize, standard input, I2KIT_MANIFEST) in an order
// independent of the flags.

import { compareText, countText, problemsOf } from '@i2kit/common';
import type { Diagnostic, Source } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import type { Values } from '../flags.ts';
import type { Io } from '../io.ts';
import { encodingDiagnostics, inputLimits, mebibytes, readError, readPipe, sourceOf } from './fileText.ts';
import { buildKustomization } from './kustomize.ts';
import { findManifestFiles, type ManifestFile } from './manifestFiles.ts';

export interface ReadSources {
  /** Everything that could be read, even after problems: diagnostics show its lines. */
  readonly sources: readonly Source[];
  readonly problems: readonly Diagnostic[];
}

export async function readSources(
  io: Io,
  values: Pick<Values, 'filename' | 'kustomize' | 'quiet' | 'recursive'>,
): Promise<ReadSources> {
  const given = values.filename ?? [];
  const directories = values.kustomize ?? [];
  const variable = io.env['I2KIT_MANIFEST'];
  if (given.length + directories.length === 0)
    return variable ? manifestFromEnv(variable) : { sources: [], problems: [noInputDiagnostic(io)] };
  const problems: Diagnostic[] = [];
  const files = new Map<string, ManifestFile>();
  for (const name of given.filter((name) => name !== '-')) {
    const { found, problems: more } = findManifestFiles(io, name, values.recursive ?? false);
    problems.push(...more);
    // A file named by two flags is read once; its name does not depend on their order.
    for (const file of found) {
      const other = files.get(file.real);
      if (!other || compareText(file.name, other.name) < 0) files.set(file.real, file);
    }
  }
  const sorted = [...files.values()].sort((a, b) => compareText(a.name, b.name));
  const large = sizeDiagnostics(sorted);
  if (large.length > 0) return { sources: [], problems: [...problems, ...large] };
  const read: Source[] = [];
  const add = (name: string, bytes: Uint8Array) => {
    read.push(sourceOf(name, bytes));
    problems.push(...encodingDiagnostics(name, bytes));
  };
  for (const { name, real, isPipe } of sorted) {
    try {
      const bytes = isPipe ? readPipe(io, real, inputLimits.file) : io.files.readFileSync(real);
      if (bytes.length > inputLimits.file)
        problems.push(overLimit(name, `it has more than ${mebibytes(inputLimits.file)}`));
      else add(name, bytes);
    } catch (error) {
      problems.push(readError(error, name));
    }
  }
  if (given.includes('-')) {
    try {
      const bytes = await io.stdin.read(inputLimits.file);
      if (bytes.length > inputLimits.file)
        problems.push(overLimit('<stdin>', `it has more than ${mebibytes(inputLimits.file)}`));
      else add('<stdin>', bytes);
    } catch (error) {
      problems.push(readError(error, '<stdin>'));
    }
  }
  for (const directory of new Set(directories)) {
    const built = await buildKustomization(io, directory);
    problems.push(...problemsOf(built));
    if (!built.ok) continue;
    const { name, bytes, warnings } = built.value;
    if (!values.quiet) io.stderr.write(warnings);
    add(name, bytes);
  }
  return { sources: read.sort((a, b) => compareText(a.name, b.name)), problems };
}

/** Whether a command with optional manifests was given any. */
export const hasManifestFlags = ({ io, values }: { readonly io: Io; readonly values: Values }): boolean =>
  values.filename !== undefined || values.kustomize !== undefined || Boolean(io.env['I2KIT_MANIFEST']);

function noInputDiagnostic(io: Io): Diagnostic {
  const hint = io.stdin.isTTY
    ? 'Name files or directories: -f manifests/'
    : 'Name files or directories with -f; -f - reads standard input.';
  return diagnosticAt('I2K728', 'there is no input: neither -f, -k nor I2KIT_MANIFEST is given', {
    source: '-f',
    hint,
  });
}

const overLimit = (source: string, message: string): Diagnostic => diagnosticAt('I2K725', message, { source });

function sizeDiagnostics(files: readonly ManifestFile[]): Diagnostic[] {
  if (files.length > inputLimits.files)
    return [overLimit('-f', `${countText(files.length, 'file')} exceed the limit of ${inputLimits.files}`)];
  const each = files.filter(({ size }) => size > inputLimits.file);
  if (each.length > 0)
    return each.map(({ name, size }) =>
      overLimit(name, `it has ${mebibytes(size)}, over the limit of ${mebibytes(inputLimits.file)}`),
    );
  const total = files.reduce((sum, { size }) => sum + size, 0);
  return total > inputLimits.total
    ? [
        overLimit(
          '-f',
          `all files together have ${mebibytes(total)}, over the limit of ${mebibytes(inputLimits.total)}`,
        ),
      ]
    : [];
}

const variableName = 'I2KIT_MANIFEST';

/** Manifests in a variable, in base64. */
export function manifestFromEnv(value: string): ReadSources {
  const compact = value.replace(/\s/g, '');
  // Buffer ignores invalid base64 silently.
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.replace(/=/g, '').length % 4 === 1) {
    return {
      sources: [],
      problems: [
        diagnosticAt('I2K729', 'the variable is not base64', { source: variableName, hint: 'base64 -w0 < web.yaml' }),
      ],
    };
  }
  const bytes = Buffer.from(compact, 'base64');
  return { sources: [sourceOf(variableName, bytes)], problems: encodingDiagnostics(variableName, bytes) };
}
