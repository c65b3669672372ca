// YAML or JSON text as a value, with the place of each of its parts; only for settings, which are small.
import type { Path } from '@i2kit/compiler';
import { messageOf } from '../io.ts';

export interface SettingsDocument {
  readonly value: unknown;
  /** The first thing that is wrong with the text. */
  readonly error?: { readonly message: string; readonly offset: number };
  /** Index in the text of what a path leads to, or of its key; of the nearest parent where it leads to nothing. */
  offset(path: Path, atKey: boolean): number;
}

export async function parseSettings(text: string): Promise<SettingsDocument> {
  const { isMap, isSeq, isScalar, parseDocument } = await import('yaml');
  const document = parseDocument(text, { prettyErrors: false });
  // A tag that YAML does not know (`!Ref`) would be passed over in silence.
  const [error] = [...document.errors, ...document.warnings];
  const offset = (path: Path, atKey: boolean): number => {
    let node: unknown = document.contents;
    let at = document.contents?.range?.[0] ?? 0;
    path.forEach((part, depth) => {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
        const place = atKey && depth === path.length - 1 ? pair?.key : (pair?.value ?? pair?.key);
        if (place && typeof place === 'object' && 'range' in place) at = (place.range as [number] | undefined)?.[0] ?? at;
        node = pair?.value;
      } else if (isSeq(node)) {
        node = node.items[Number(part)];
        if (node && typeof node === 'object' && 'range' in node) at = (node.range as [number] | undefined)?.[0] ?? at;
      }
    });
    return at;
  };
  if (error) return { value: undefined, error: { message: phrase(error.message), offset: error.pos[0] }, offset };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), offset };
  } catch (error) {
    // Too many aliases: a file that grows when it is read.
    return { value: undefined, error: { message: phrase(messageOf(error)), offset: 0 }, offset };
  }
}

/** As all diagnostics are: no capital, no full stop. */
const phrase = (message: string): string => (message.charAt(0).toLowerCase() + message.slice(1)).replace(/\.$/, '');
