// What CloudFormation does to a resource when one of its properties changes.
import { replacing } from '../generated/replacing.ts';
import { corrections } from './corrections.ts';

/** `refused`: CloudFormation fails the update. */
export type Replacement = 'never' | 'may' | 'will' | 'refused';

const order: readonly Replacement[] = ['never', 'may', 'will', 'refused'];

/** The one that decides, of several properties of a resource. */
export const strongest = (all: readonly Replacement[]): Replacement =>
  all.reduce((a, b) => (order.indexOf(a) >= order.indexOf(b) ? a : b), 'never');

/** By the path of what changed, list elements aside. A type that nobody has specified (`Custom::`) may do anything. */
export function replacementOf(type: string, path: readonly string[]): Replacement {
  const keys = path.filter((key) => !key.startsWith('['));
  const corrected = corrections[type]?.[keys[0] ?? ''];
  if (corrected) return corrected;
  const known = tableOf(type);
  if (!known) return 'may';
  return keys
    .map((_, end) => known.get(keys.slice(0, end + 1).join('.')) ?? 'never')
    .reduce<Replacement>((a, b) => strongest([a, b]), 'never');
}

const tables = new Map<string, ReadonlyMap<string, Replacement> | undefined>();

function tableOf(type: string): ReadonlyMap<string, Replacement> | undefined {
  if (!tables.has(type)) {
    const line = Object.hasOwn(replacing, type) ? replacing[type] : undefined;
    const entry = (path: string): [string, Replacement] => (path.endsWith('?') ? [path.slice(0, -1), 'may'] : [path, 'will']);
    tables.set(type, line === undefined ? undefined : new Map(line.split(' ').map(entry)));
  }
  return tables.get(type);
}
