// What a manifest says of an environment arrives in the payload as it is.
import fc from 'fast-check';
import { configMapOf, containerOf } from './fixtures.ts';

const said = { name: 'KEY', value: 'said' };

describe('the environment', () => {
  it('arrives exactly, whatever is in it', () => {
    const remarkable = fc.constantFrom(
      '{{resolve:ssm:/x}}',
      '${AWS::AccountId}',
      '{"Fn::Sub":"x"}',
      '$(A)',
      '$$',
      '"',
      "'",
      '\\',
      '\n',
      '\r',
      '\t',
      '\u2028',
      '😀',
      'ß',
      '%',
      '`',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.oneof(remarkable, fc.string()), { maxLength: 6 }).map((parts) => parts.join('')),
    );
    const variables = fc.array(
      fc.record({ name: fc.string({ unit: fc.constantFrom(...'AZaz09_.-'), minLength: 1 }), value: text }),
    );
    fc.assert(
      fc.property(variables, (env) => {
        const arrived = (JSON.parse(JSON.stringify(containerOf({ env }))) as ReturnType<typeof containerOf>)?.env ?? [];
        expect(
          arrived.map((one) => ({
            name: 'name' in one && one.name,
            value: 'expand' in one ? one.expand : 'value' in one && one.value,
          })),
        ).toEqual(env);
      }),
    );
  });

  it('of a ConfigMap arrives exactly, and is never expanded', () => {
    const data = fc.dictionary(
      fc.string({ unit: fc.constantFrom(...'AZaz09_.-'), minLength: 1 }),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(data, (values) => {
        const arrived =
          containerOf({ envFrom: [{ configMapRef: { name: 'map' } }] }, configMapOf('map', values))?.env ?? [];
        expect(Object.fromEntries(arrived.map((one) => ('value' in one ? [one.name, one.value] : [])))).toEqual({
          ...values,
        });
      }),
    );
  });

  it('does not depend on the order of the keys of a ConfigMap', () => {
    const from = { envFrom: [{ configMapRef: { name: 'map' } }] };
    const one = containerOf(from, configMapOf('map', { b: '1', a: '2', B: '3' }));
    const other = containerOf(from, configMapOf('map', { B: '3', a: '2', b: '1' }));
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect(one?.env?.map((variable) => 'name' in variable && variable.name)).toEqual(['B', 'a', 'b']);
  });

  it('keeps the order of what it takes from ConfigMaps and Secrets', () => {
    const sources = [{ configMapRef: { name: 'map' } }, { secretRef: { name: 'secret' } }];
    const map = configMapOf('map', { KEY: 'map' });
    const secretKeys = { secret: 'i2kit/prod/default/secret' };
    expect(containerOf({ envFrom: sources, env: [said] }, map)?.env).toEqual([
      { name: 'KEY', value: 'map' },
      { secretKeys },
      said,
    ]);
    expect(containerOf({ envFrom: sources.toReversed(), env: [said] }, map)?.env).toEqual([
      { secretKeys },
      { name: 'KEY', value: 'map' },
      said,
    ]);
  });

  it('takes plain data for plain data', () => {
    const map = configMapOf('map', JSON.parse('{"__proto__":"a","constructor":"b"}') as object);
    const env = [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'map', key: 'toString', optional: true } } }];
    expect(containerOf({ env, envFrom: [{ configMapRef: { name: 'map' } }] }, map)?.env).toEqual([
      { name: '__proto__', value: 'a' },
      { name: 'constructor', value: 'b' },
    ]);
  });

  it('is a mistake of the checks where a ConfigMap or its key is missing', () => {
    const env = (key: string) => [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'map', key } } }];
    expect(() => containerOf({ env: env('a') })).toThrow('unchecked: ConfigMap default/map');
    expect(() => containerOf({ env: env('b') }, configMapOf('map', { a: '1' }))).toThrow('unchecked: key b');
  });
});
