// All manifests of a command: from files, directories, Kustomize, standard input or I2KIT_MANIFEST, in an order that flags do not decide.
import type { Diagnostic, Source } from '@i2kit/compiler';
import type { Values } from '../flags.ts';
import type { Io } from '../io.ts';
import { problem } from '../problem.ts';
import { byCodeUnits, count } from '../text.ts';
import { decoded } from './decode.ts';
import { expand, type Found } from './expand.ts';
import { kustomized } from './kustomize.ts';
import { limits, mebibytes } from './limits.ts';
import { unread } from './unread.ts';
import { fromVariable } from './variable.ts';

export interface Read {
  /** Whatever could be read, even where there are problems: diagnostics show its lines. */
  readonly sources: readonly Source[];
  readonly problems: readonly Diagnostic[];
}

export async function readSources(io: Io, values: Pick<Values, 'filename' | 'kustomize' | 'quiet' | 'recursive'>): Promise<Read> {
  const given = values.filename ?? [];
  const directories = values.kustomize ?? [];
  const variable = io.env['I2KIT_MANIFEST'];
  if (given.length + directories.length === 0) return variable ? fromVariable(variable) : { sources: [], problems: [nothing(io)] };
  const problems: Diagnostic[] = [];
  const files = new Map<string, Found>();
  for (const name of given.filter((name) => name !== '-')) {
    const { found, problems: more } = expand(io, name, values.recursive ?? false);
    problems.push(...more);
    // A file that two flags name is read once; which of its names it keeps is not for their order to say.
    for (const file of found) {
      const other = files.get(file.real);
      if (!other || byCodeUnits(file.name, other.name) < 0) files.set(file.real, file);
    }
  }
  const sorted = [...files.values()].sort((a, b) => byCodeUnits(a.name, b.name));
  const large = tooLarge(sorted);
  if (large.length > 0) return { sources: [], problems: [...problems, ...large] };
  const read: Source[] = [];
  const add = (name: string, bytes: Uint8Array) => {
    const { source, problem: wrong } = decoded(name, bytes);
    read.push(source);
    if (wrong) problems.push(wrong);
  };
  for (const { name, real } of sorted) {
    try {
      add(name, io.files.readFileSync(real));
    } catch (error) {
      problems.push(unread(error, name));
    }
  }
  if (given.includes('-')) {
    try {
      const bytes = await io.stdin.read(limits.file);
      if (bytes.length > limits.file) problems.push(over('<stdin>', `it has over ${mebibytes(limits.file)}`));
      else add('<stdin>', bytes);
    } catch (error) {
      problems.push(unread(error, '<stdin>'));
    }
  }
  for (const directory of new Set(directories)) {
    const { name, bytes, said = '', problems: told } = await kustomized(io, directory);
    if (!values.quiet) io.stderr.write(said);
    problems.push(...told);
    if (bytes) add(name, bytes);
  }
  return { sources: read.sort((a, b) => byCodeUnits(a.name, b.name)), problems };
}

/** Whether a command that can do without manifests was given any. */
export const namesManifests = ({ io, values }: { readonly io: Io; readonly values: Values }): boolean =>
  values.filename !== undefined || values.kustomize !== undefined || Boolean(io.env['I2KIT_MANIFEST']);

function nothing(io: Io): Diagnostic {
  const hint = io.stdin.isTTY
    ? 'name files or directories: -f manifests/'
    : 'name files or directories with -f; standard input is read with -f -';
  return problem('I2K728', 'there is nothing to read: no -f, no -k, and no I2KIT_MANIFEST', { source: '-f', hint });
}

const over = (source: string, message: string): Diagnostic => problem('I2K725', message, { source });

function tooLarge(files: readonly Found[]): Diagnostic[] {
  if (files.length > limits.files) return [over('-f', `${count(files.length, 'file')} are over the limit of ${limits.files}`)];
  const each = files.filter(({ size }) => size > limits.file);
  if (each.length > 0)
    return each.map(({ name, size }) => over(name, `it has ${mebibytes(size)}, over the limit of ${mebibytes(limits.file)}`));
  const total = files.reduce((sum, { size }) => sum + size, 0);
  return total > limits.total
    ? [over('-f', `all files together have ${mebibytes(total)}, over the limit of ${mebibytes(limits.total)}`)]
    : [];
}
