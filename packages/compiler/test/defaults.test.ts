// Holds our defaults to Kubernetes' own (test/oracle/defaults), and the types to the defaults.
import { readFileSync } from 'node:fs';
import { filled } from '../scripts/filled.mjs';
import type { Kind } from '../src/generated/kubernetes.ts';
import { withDefaults } from '../src/kinds/defaults.ts';
import type { JsonObject } from '../src/kinds/shared/defaults/jsonObject.ts';

interface Schema {
  readonly $ref?: string;
  readonly default?: unknown;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
}
interface Definition {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const cases: readonly { readonly input: JsonObject; readonly output: JsonObject }[] = read('data/defaults.json');
const {
  kinds,
  definitions,
}: { kinds: Readonly<Record<Kind, string>>; definitions: Readonly<Record<string, Definition>> } =
  read('../schema/kubernetes.json');

const defaulted = (input: JsonObject): object => withDefaults[input.kind as Kind](input);

describe('the defaults', () => {
  it.each(Object.keys(kinds))('of %s are what Kubernetes fills in', (kind) => {
    const ofKind = cases.filter(({ input }) => input.kind === kind);
    expect(ofKind.length).toBeGreaterThan(5);
    for (const { input, output } of ofKind) expect({ input, output: defaulted(input) }).toEqual({ input, output });
  });

  it('leave what they are given as it was', () => {
    for (const { input } of cases) {
      const before = structuredClone(input);
      defaulted(input);
      expect(input).toEqual(before);
    }
  });

  it('change nothing the second time', () => {
    for (const { input } of cases) {
      const once = defaulted(input);
      expect(defaulted(once as JsonObject)).toEqual(once);
    }
  });

  it('survive objects of the wrong shape', () => {
    for (const wrong of [null, 0, '', 'x', [], [null], ['x'], {}, [{}]]) {
      for (const kind of Object.keys(kinds) as Kind[]) {
        for (const key of ['metadata', 'spec']) expect(() => withDefaults[kind]({ kind, [key]: wrong })).not.toThrow();
        for (const key of [
          'template',
          'containers',
          'volumes',
          'ports',
          'limits',
          'strategy',
          'ingress',
          'metrics',
          'behavior',
        ]) {
          expect(() =>
            withDefaults[kind]({ kind, spec: { [key]: wrong, template: { spec: { [key]: wrong } } } }),
          ).not.toThrow();
        }
      }
    }
  });

  it('keep a name that JavaScript has a meaning for', () => {
    const labels = JSON.parse('{ "__proto__": "a", "constructor": "b" }');
    expect(JSON.stringify(defaulted({ kind: 'ConfigMap', data: labels }))).toContain(
      '{"__proto__":"a","constructor":"b"}',
    );
  });
});

describe('a null', () => {
  const mapsOfZero = Object.values(definitions).flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([key, { additionalProperties: of }]) =>
      of ? [[key, of.$ref?.endsWith('/Quantity') ? '0' : ''] as const] : [],
    ),
  );
  // These names stand for a map in one kind and for an object in another.
  const isAmbiguous = (key: string) => key === 'selector' || key === 'parameters';

  it.each(mapsOfZero.filter(([key]) => !isAmbiguous(key)))('in a map of %s counts as %j', (key, zero) => {
    expect(defaulted({ kind: 'ConfigMap', [key]: { a: null } })).toMatchObject({ [key]: { a: zero } });
  });
});

/** Every object of a definition in an object of ours, with what it was before its defaults. */
function* objects(
  name: string,
  after: unknown,
  before: unknown,
): Generator<[name: string, after: object, before: object]> {
  if (typeof after !== 'object' || after === null) return;
  yield [name, after, before ?? {}];
  for (const [key, schema] of Object.entries(definitions[name]?.properties ?? {})) {
    const at = (value: unknown): unknown => (value as Record<string, unknown> | null | undefined)?.[key];
    const ref = (schema.items ?? schema).$ref?.split('/').at(-1);
    if (!ref) continue;
    const [to, from] = [at(after), at(before)];
    if (Array.isArray(to))
      for (const [i, item] of to.entries()) yield* objects(ref, item, Array.isArray(from) ? from[i] : {});
    else yield* objects(ref, to, from);
  }
}

describe('the types', () => {
  const seen = cases.flatMap(({ input, output }) => [...objects(String(input.kind), output, input)]);
  const has = (object: object, key: string) => (object as Record<string, unknown>)[key] != null;

  it('have every field that they promise', () => {
    const broken = seen.flatMap(([name, after]) =>
      filled(name, definitions[name])
        .filter((key) => !has(after, key) && !definitions[name]?.required?.includes(key))
        .map((key) => `${name}.${key}`),
    );
    expect([...new Set(broken)]).toEqual([]);
  });

  it('promise every field that is always filled', () => {
    const always = new Map<string, boolean>();
    for (const [name, after, before] of seen) {
      for (const key of Object.keys(definitions[name]?.properties ?? {})) {
        const field = `${name}.${key}`;
        if (!has(after, key)) always.set(field, false);
        else if (!has(before, key) && always.get(field) !== false) always.set(field, true);
      }
    }
    const unpromised = [...always].filter(([field, isAlways]) => {
      const [name = '', key = ''] = field.split('.');
      return isAlways && !filled(name, definitions[name]).includes(key) && !definitions[name]?.required?.includes(key);
    });
    expect(unpromised.map(([field]) => field)).toEqual([]);
  });

  it('promise nothing that was never seen to be filled', () => {
    const filledIn = new Set(
      seen.flatMap(([name, after, before]) =>
        Object.keys(after)
          .filter((key) => !has(before, key))
          .map((key) => `${name}.${key}`),
      ),
    );
    const promised = Object.entries(definitions).flatMap(([name, { properties = {}, required = [] }]) =>
      filled(name, { properties })
        .filter((key) => !required.includes(key))
        .map((key) => `${name}.${key}`),
    );
    expect(promised.filter((field) => !filledIn.has(field))).toEqual([]);
  });

  it('never ask the user for what a default fills', () => {
    const asked = Object.entries(definitions).flatMap(([name, definition]) =>
      filled(name, { properties: {}, ...definition }).filter(
        (key) => definition.required?.includes(key) && definition.properties?.[key]?.default === undefined,
      ),
    );
    expect(asked).toEqual([]);
  });
});
