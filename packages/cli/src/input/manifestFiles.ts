// Lists the files of one -f: the file itself, or the manifests of a directory.

import type { Dirent } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { compareText } from '@i2kit/common';
import type { Diagnostic } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import type { Io } from '../io.ts';
import { readError } from './fileText.ts';
import { isInside, isNamedInside, leavingLinkDiagnostic, projectRoot } from './links.ts';

export interface ManifestFile {
  /** As the user wrote it, with the path inside directories. */
  readonly name: string;
  /** Two names of one file have one real path. */
  readonly real: string;
  readonly size: number;
  /** A pipe, whose size is not known before it is read: `-f <(helm template …)`. */
  readonly isPipe?: true;
}

const manifestName = /\.(ya?ml|json)$/i;
/** Files that i2kit reads and writes may lie beside manifests without being one. */
const ownFileName = /^(i2kit\.ya?ml|i2kit\.lock\.json|i2kit\.context\.json|.*\.template\.(json|yaml))$/;

export function findManifestFiles(
  io: Io,
  given: string,
  recursive: boolean,
): { readonly found: readonly ManifestFile[]; readonly problems: readonly Diagnostic[] } {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(given)) {
    const hint = 'Download it first, or pipe it: curl … | i2kit synth -f -';
    return {
      found: [],
      problems: [diagnosticAt('I2K727', 'i2kit reads files, not addresses', { source: given, hint })],
    };
  }
  const found: ManifestFile[] = [];
  const problems: Diagnostic[] = [];
  visit(given, [], isNamedInside(io, given) ? projectRoot(io) : undefined);
  return { found, problems };

  /** `above` holds the real paths of the parent directories; `root` the folder that links may not leave. */
  function visit(name: string, above: readonly string[], root: string | undefined): void {
    try {
      const path = resolve(io.cwd, name);
      const stat = io.files.statSync(path);
      // It has no real path: /dev/fd/63 leads to no file.
      if (!stat.isFile() && above.length === 0 && stat.isFIFO()) {
        found.push({ name: name.split(sep).join('/'), real: path, size: 0, isPipe: true });
        return;
      }
      const real = io.files.realpathSync(path);
      if (root !== undefined && !isInside(real, root)) problems.push(leavingLinkDiagnostic(name, real, root));
      else if (stat.isDirectory()) directory(name, real, above, root ?? real);
      else if (stat.isFile()) found.push({ name: name.split(sep).join('/'), real, size: stat.size });
      else
        problems.push(
          diagnosticAt('I2K721', `this is ${specialFileKind(stat)}, not a file`, { source: name, hint: pipeHint }),
        );
    } catch (error) {
      problems.push(readError(error, name));
    }
  }

  function directory(name: string, real: string, above: readonly string[], root: string): void {
    if (above.includes(real)) {
      problems.push(diagnosticAt('I2K722', `the link leads back to ${real}, which contains it`, { source: name }));
      return;
    }
    const before = found.length + problems.length;
    const entries = io.files.readdirSync(real, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
    for (const entry of entries) {
      if (leadsInside(entry, real)) {
        if (recursive) visit(join(name, entry.name), [...above, real], root);
      } else if (manifestName.test(entry.name) && !ownFileName.test(entry.name)) {
        visit(join(name, entry.name), [...above, real], root);
      }
    }
    if (above.length > 0 || found.length + problems.length > before) return;
    const deeper = !recursive && entries.some((entry) => leadsInside(entry, real));
    const more = deeper ? { hint: 'Subdirectories are read with -R.' } : {};
    problems.push(
      diagnosticAt('I2K723', 'the directory contains no *.yaml, *.yml or *.json', { source: name, ...more }),
    );
  }

  function leadsInside(entry: Dirent, real: string): boolean {
    if (!entry.isSymbolicLink()) return entry.isDirectory();
    try {
      return io.files.statSync(join(real, entry.name)).isDirectory();
    } catch {
      // A dangling link is a problem only if its name is that of a manifest.
      return false;
    }
  }
}

const pipeHint = 'Pipe it instead: … | i2kit synth -f -';
const specialFileKind = (stat: { isFIFO(): boolean; isSocket(): boolean }): string =>
  stat.isFIFO() ? 'a FIFO' : stat.isSocket() ? 'a socket' : 'a device';
