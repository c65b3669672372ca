// `$(NAME)` and the order in which an environment is worked off: contract/vectors/expansion.json, made with Kubernetes' own code.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Env, SecretKey, SecretKeys } from '../../../src/generated/agent-v1.ts';
import { utf8ByteLength } from '../../../src/kinds/shared/byteLength.ts';
import { expandedLength, expandVariables, hasVariables, referredTo } from '../../../src/kinds/shared/expansion.ts';

type Texts = Readonly<Record<string, string>>;
interface Vectors {
  readonly texts: readonly { readonly input: string; readonly variables: Texts; readonly output: string }[];
  readonly environments: readonly Environment[];
}
interface Environment {
  readonly name: string;
  readonly env: readonly Env[];
  readonly serviceVariables?: Texts;
  readonly image?: Texts;
  readonly secrets?: Readonly<Record<string, Texts>>;
  readonly fields?: Texts;
  readonly variables?: Texts;
  readonly command?: readonly string[];
  readonly expanded?: readonly string[];
  readonly fault?: true;
}

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../../contract/vectors/expansion.json', import.meta.url), 'utf8'),
);
const own = (map: Texts, key: string): string | undefined => (Object.hasOwn(map, key) ? map[key] : undefined);

describe('expand', () => {
  it.each(vectors.texts.map((one) => [JSON.stringify(one.input), one] as const))(
    '%s',
    (_, { input, variables, output }) => {
      expect(expandVariables(input, (name) => own(variables, name))).toBe(output);
    },
  );

  it('changes nothing where `expands` says so', () => {
    const text = fc.string({ unit: fc.constantFrom('$', '(', ')', 'A', '{', '\n', 'é', '🚀') });
    fc.assert(fc.property(text, (input) => hasVariables(input) || expandVariables(input, () => 'value') === input));
  });

  it('knows how long the result is, in bytes', () => {
    const text = fc.string({ unit: fc.constantFrom('$', '(', ')', 'A', 'B', 'é', '🚀') });
    fc.assert(
      fc.property(text, fc.string({ unit: 'grapheme' }), (input, value) => {
        const of = (name: string) => (name === 'A' ? value : undefined);
        const length = expandedLength(input, (name) => (name === 'A' ? utf8ByteLength(value) : undefined));
        expect(length).toBe(utf8ByteLength(expandVariables(input, of)));
      }),
    );
  });

  it('lists the names that a text refers to', () => {
    expect(referredTo('$(A)$$(B)$(C$(D))$(')).toEqual(['A', 'C$(D']);
  });

  it('takes a text of 40,000 references that are not closed in no time', () => {
    const text = '$('.repeat(200_000);
    expect(expandVariables(text, () => 'x')).toBe(text);
  });

  it('gives a text back whose dollars are doubled', () => {
    fc.assert(
      fc.property(fc.string(), (input) => expandVariables(input.replaceAll('$', '$$$$'), () => 'value') === input),
    );
  });
});

/** What the agent does, in short: the reference that shows the vectors to be consistent. */
function workOff({ env, serviceVariables = {}, image = {}, secrets = {}, fields = {} }: Environment) {
  const found = new Map<string, string>();
  const seen = (name: string) => found.get(name) ?? own(serviceVariables, name);
  const keysOf = ({ secret, optional }: SecretKey | SecretKeys): Texts => {
    if (!Object.hasOwn(secrets, secret) && optional !== true) throw new Error(`${secret} is missing`);
    return secrets[secret] ?? {};
  };
  const decoded = (base64: string) => Buffer.from(base64, 'base64').toString();
  for (const entry of env) {
    if ('secretKeys' in entry) {
      for (const [key, value] of Object.entries(keysOf(entry.secretKeys)))
        found.set((entry.secretKeys.prefix ?? '') + key, decoded(value));
    } else if ('secret' in entry) {
      const value = own(keysOf(entry.secret), entry.secret.key);
      if (value === undefined && entry.secret.optional !== true) throw new Error(`${entry.secret.key} is missing`);
      if (value !== undefined) found.set(entry.name, decoded(value));
    } else if ('field' in entry) found.set(entry.name, fields[entry.field] ?? '');
    else found.set(entry.name, 'expand' in entry ? expandVariables(entry.expand, seen) : entry.value);
  }
  return { seen, variables: { ...image, ...serviceVariables, ...Object.fromEntries(found) } };
}

describe('an environment', () => {
  it.each(vectors.environments.map((one) => [one.name, one] as const))('%s', (_, environment) => {
    if (environment.fault) return expect(() => workOff(environment)).toThrow('missing');
    const { seen, variables } = workOff(environment);
    expect(variables).toEqual(environment.variables);
    return expect((environment.command ?? []).map((word) => expandVariables(word, seen))).toEqual(environment.expanded);
  });
});
