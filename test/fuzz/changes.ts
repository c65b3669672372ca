// Random changes of JSON values and of texts, by what other inputs hold in the same places.
import type { Json } from '@i2kit/common';
import type { Random } from './random.ts';

export type Tree = { [key: string]: Json };

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values by the key that holds them, and keys by the key that holds their map, in all inputs. */
export interface Vocabulary {
  readonly values: ReadonlyMap<string, readonly Json[]>;
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

export function vocabularyOf(inputs: readonly Json[]): Vocabulary {
  const values = new Map<string, Map<string, Json>>();
  const keys = new Map<string, Set<string>>();
  const collect = (value: Json, key: string): void => {
    const known = values.get(key) ?? new Map<string, Json>();
    values.set(key, known);
    if (known.size < 200) known.set(JSON.stringify(value), value);
    if (Array.isArray(value)) for (const each of value as readonly Json[]) collect(each, `${key}[]`);
    else if (isTree(value)) {
      const names = keys.get(key) ?? new Set<string>();
      keys.set(key, names);
      for (const [name, inner] of Object.entries(value)) {
        names.add(name);
        collect(inner, name);
      }
    }
  };
  for (const each of inputs) collect(each, '');
  return {
    values: new Map([...values].map(([key, known]) => [key, [...known.values()]])),
    keys: new Map([...keys].map(([key, names]) => [key, [...names]])),
  };
}

const numbers = [-1, 0, 1, 2, 3, 7, 65_535, 65_536, 2 ** 31, 2 ** 53, 1e300, -0, 0.5, Number.MIN_VALUE];
const texts = [
  ...[
    '',
    ' ',
    'a',
    'web',
    'A_B',
    'é漢🚀',
    '\u0000',
    '\u2028',
    '\u202e',
    '\ud800',
    'null',
    'true',
    'yes',
    '~',
    '0x1f',
    '017',
    '1e9',
    '-1',
    '1_0',
  ],
  ...[
    '10Gi',
    '1e30',
    '-5m',
    '100m',
    '10.0.0.0/8',
    '::/0',
    '*.example.com',
    'a.b.c',
    '/',
    '//',
    '/a/../b',
    '$(A)',
    '$$(A)',
    '$(A',
    '${A}',
    '{{resolve:ssm:/fuzz}}',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '*/5 * * * *',
    '@daily',
    'arn:aws:iam::123456789012:role/a',
    '50%',
    '!Ref a',
    '<<',
    '&a',
    '*a',
    '\r',
    '\t',
  ],
  ...[
    'x'.repeat(64),
    'x'.repeat(256),
    'a/'.repeat(130),
    '$('.repeat(50),
    '9'.repeat(400),
    '('.repeat(60),
    '-'.repeat(300),
  ],
];

const anything = (random: Random): Json =>
  random.pick<() => Json>([
    () => random.pick(numbers),
    () => random.pick(texts),
    () => random.oneIn(2),
    () => null,
    () => [],
    () => ({}),
    () => [random.pick(texts), random.pick(numbers)],
    () => ({ [random.pick(texts)]: random.pick(texts) }),
  ])();

interface Place {
  readonly parent: Tree | Json[];
  readonly key: string | number;
  /** The key of the nearest map. */
  readonly name: string;
}

function placesIn(root: Tree | Json[]): readonly Place[] {
  const found: Place[] = [];
  const collect = (parent: Tree | Json[], name: string): void => {
    const keys = Array.isArray(parent) ? parent.keys() : Object.keys(parent);
    for (const key of keys) {
      const own = typeof key === 'string' ? key : `${name}[]`;
      found.push({ parent, key, name: own });
      const value = (parent as Tree)[key];
      if (typeof value === 'object' && value !== null) collect(value as Tree | Json[], own);
    }
  };
  collect(root, '');
  return found;
}

/** Sets an own property, whatever its name. */
function assign(parent: Tree | Json[], key: string | number, value: Json): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove({ parent, key }: Place): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete (parent as { [name: string]: unknown })[key];
}

interface Change {
  readonly random: Random;
  readonly vocabulary: Vocabulary;
  readonly places: readonly Place[];
  readonly place: Place;
  readonly value: Json;
}

const usualValue = ({ random, vocabulary: { values } }: Change, name: string): Json =>
  structuredClone(random.pick(values.get(name) ?? [anything(random)]));

/** A field that other inputs have here, with a value that they have there. */
function addField(change: Change): void {
  const { random, vocabulary, place, value } = change;
  const into = isTree(value) ? value : isTree(place.parent) ? place.parent : undefined;
  const added = random.pick(vocabulary.keys.get(place.name) ?? []);
  if (into && added !== undefined) assign(into, added, usualValue(change, added));
}

function doubleItem({ random, place: { parent }, value }: Change): void {
  if (Array.isArray(value) && value.length > 0)
    (value as Json[]).splice(random.below(value.length), 0, structuredClone(random.pick(value as Json[])));
  else if (Array.isArray(parent)) parent.push(structuredClone(value));
}

function reverse({ value }: Change): void {
  if (Array.isArray(value)) (value as Json[]).reverse();
  else if (isTree(value)) {
    const entries = Object.entries(value).reverse();
    for (const [key] of entries) delete (value as Tree)[key];
    for (const [key, inner] of entries) assign(value, key, inner);
  }
}

function rename({ random, place, value }: Change): void {
  if (Array.isArray(place.parent)) return;
  remove(place);
  assign(place.parent, random.oneIn(2) ? random.pick(texts) : `${place.key}X`, value);
}

function otherScalar({ random, place: { parent, key }, value }: Change): void {
  const other =
    typeof value === 'string' ? changedText(value, random) : typeof value === 'number' ? random.pick(numbers) : [value];
  assign(parent, key, other);
}

const set =
  (next: (change: Change) => Json) =>
  (change: Change): void =>
    assign(change.place.parent, change.place.key, next(change));

const kinds: readonly ((change: Change) => void)[] = [
  set((change) => usualValue(change, change.place.name)),
  set((change) => usualValue(change, change.place.name)),
  set(({ random }) => anything(random)),
  ({ place }) => remove(place),
  addField,
  addField,
  set(({ random, places }) => {
    const { parent, key } = random.pick(places);
    return structuredClone((parent as Tree)[key] as Json);
  }),
  doubleItem,
  reverse,
  rename,
  otherScalar,
  set(({ random, value }) =>
    random.oneIn(2) ? { [random.pick(texts)]: value } : [value, structuredClone(value) as Json],
  ),
];

/** Replaces, removes, adds, renames, moves, doubles or reorders, in one place of the value. */
export function changeOnce(root: Tree | Json[], random: Random, vocabulary: Vocabulary): void {
  const places = placesIn(root);
  if (places.length === 0) return;
  const place = random.pick(places);
  const value = (place.parent as Tree)[place.key] as Json;
  random.pick(kinds)({ random, vocabulary, places, place, value });
}

const tokens = [
  ...[
    '\n',
    '\n---\n',
    '\n...\n',
    ': ',
    '- ',
    '&a ',
    '*a',
    '<<: *a',
    '!!binary ',
    '!!str ',
    '!x ',
    '| \n',
    '>-\n',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '#',
  ],
  ...[
    '%YAML 1.1\n',
    '%TAG ! tag:\n',
    '? ',
    '\t',
    '\r',
    '\r\n',
    '\u0000',
    '\ufeff',
    '\u0085',
    '\u2028',
    '\ud800',
    '\\',
    '\\x',
    '\\u',
    '0o7',
    '.inf',
    '.nan',
    '-.5',
  ],
  ...[
    'kind: List\nitems:\n',
    'apiVersion: v1\n',
    'metadata: {',
    'name: ',
    'namespace: x\n',
    '$(',
    '${',
    '{{',
    '}}',
    '1e999',
    '9007199254740993',
    '~',
    'null',
  ],
];

/** One change of a text: a character, a token, or a part that is cut, doubled or moved. */
export function changedText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + 1 + random.below(random.oneIn(4) ? 200 : 8));
  switch (random.below(7)) {
    case 0:
      return text.slice(0, at) + String.fromCharCode(random.below(random.oneIn(8) ? 65_536 : 128)) + text.slice(at + 1);
    case 1:
    case 2:
      return text.slice(0, at) + random.pick(tokens) + text.slice(at);
    case 3:
      return text.slice(0, at) + text.slice(end);
    case 4:
      return text.slice(0, end) + text.slice(at, end) + text.slice(end);
    case 5: {
      const to = random.below(text.length + 1);
      return text.slice(0, to) + text.slice(at, end) + text.slice(to);
    }
    default:
      return (
        text.slice(0, at) + text.slice(at, end).repeat(random.below(random.oneIn(20) ? 2000 : 5)) + text.slice(end)
      );
  }
}
