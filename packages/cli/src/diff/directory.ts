// A directory of templates, as `synth -d` writes it: what was reviewed, or what another branch makes.
import { join, resolve } from 'node:path';
import { reason } from '../input/unread.ts';
import type { Io } from '../io.ts';
import { systemCode } from '../io.ts';
import type { Template } from '../review-ports.ts';
import { harmless } from '../text.ts';
import type { Base } from './base.ts';
import { assetsFolder, type SideOfStack } from './stacks.ts';

/** Stacks that the directory does not hold are new. */
export const directoryBase =
  (folder: string): Base =>
  async ({ io }, head) => {
    const at = resolve(io.cwd, folder);
    if (!io.files.existsSync(at)) return { wrong: `There is no directory ${harmless(folder)}; --against also takes git:REF and stack.` };
    const stacks = new Map<string, SideOfStack>();
    for (const name of head.stacks.keys()) {
      const file = join(at, `${name}.template.json`);
      if (!io.files.existsSync(file)) continue;
      try {
        stacks.set(name, {
          template: JSON.parse(io.files.readFileSync(file, 'utf8')) as Template,
          payloads: payloadsIn(io, assetsFolder(at)),
        });
      } catch (error) {
        const why = systemCode(error) === undefined ? 'it is not JSON' : reason(error);
        return { wrong: `${harmless(join(folder, `${name}.template.json`))} cannot be read: ${why}.` };
      }
    }
    return { stacks, places: {} };
  };

function payloadsIn({ files }: Io, folder: string): ReadonlyMap<string, Uint8Array> {
  if (!files.existsSync(folder)) return new Map();
  return new Map(files.readdirSync(folder).map((sha256) => [String(sha256), files.readFileSync(join(folder, String(sha256)))]));
}
