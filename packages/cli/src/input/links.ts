// Refuses links that lead out of the project: whoever writes a repository's files must not choose what else is read or written.

import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import type { Io } from '../io.ts';

type PathIo = Pick<Io, 'cwd' | 'files' | 'root'>;

/** The real path of the repository that holds the working directory, or else of the working directory. */
export function projectRoot({ cwd, files, root }: PathIo): string {
  const start = files.realpathSync(root ?? cwd);
  if (root !== undefined) return start;
  for (let at = start; ; at = dirname(at)) {
    if (files.existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return start;
  }
}

/** Git's own files count as outside: its configuration may hold credentials. */
export function isInside(path: string, root: string): boolean {
  const steps = relative(root, path);
  return !isAbsolute(steps) && !steps.split(sep).some((step) => step === '..' || step === '.git');
}

/** A path that the user names outside of the project is followed wherever it leads; one inside must stay inside. */
export const isNamedInside = (io: PathIo, name: string): boolean =>
  isInside(resolve(io.files.realpathSync(io.cwd), name), projectRoot(io));

/** For a path that the user or a default names: a diagnostic if it is inside the project and links lead out of it. */
export function leavingLink(io: PathIo, name: string): Diagnostic | undefined {
  if (!isNamedInside(io, name)) return undefined;
  const root = projectRoot(io);
  const real = realPathOf(io, resolve(io.cwd, name));
  return isInside(real, root) ? undefined : leavingLinkDiagnostic(name, real, root);
}

export const leavingLinkDiagnostic = (source: string, real: string, root: string): Diagnostic =>
  diagnosticAt('I2K739', `a link leads to ${real}, outside of ${root}`, {
    source,
    hint: 'Put a copy of the file in place of the link, or name the file itself.',
  });

/** Of a path whose last parts need not exist yet. */
function realPathOf(io: Pick<Io, 'files'>, path: string): string {
  if (io.files.existsSync(path)) return io.files.realpathSync(path);
  return dirname(path) === path ? path : join(realPathOf(io, dirname(path)), basename(path));
}
