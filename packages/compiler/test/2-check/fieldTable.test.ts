// Every entry of the tables of numbers, values and names is reached at its path, in each object that has the field.
import fc from 'fast-check';
import type { FieldTableRule, FieldTables } from '../../src/2-check/fieldTable.ts';
import { enumFields } from '../../src/2-check/rules/enumFields.ts';
import { nameFields } from '../../src/2-check/rules/nameFields.ts';
import { numberRanges } from '../../src/2-check/rules/numberRanges.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import * as objects from '../helpers/objects.ts';
import { abbreviatedPath, findingsOf } from '../helpers/rules.ts';

const template = 'spec.template.spec.';
/** Objects with a pod, and the path of its spec. */
const podHolders: readonly (readonly [JsonObject, string])[] = [
  [objects.pod, 'spec.'],
  [objects.deployment, template],
  [objects.replicaSet, template],
  [objects.statefulSet, template],
  [objects.job, template],
  [objects.cronJob, `spec.jobTemplate.${template}`],
];
const claimHolders: readonly (readonly [JsonObject, string])[] = [
  [objects.claim, 'spec.'],
  [objects.statefulSet, 'spec.volumeClaimTemplates[0].spec.'],
];
/** A Service keeps the time of its sessions only if it has sessions. */
const stickyService = objects.withFields(objects.service, { 'spec.sessionAffinity': 'ClientIP' });
const byKind = new Map<unknown, JsonObject>(
  Object.values({ ...objects, stickyService }).flatMap((each) =>
    typeof each === 'object' ? [[each['kind'], each]] : [],
  ),
);

interface Field<T> {
  readonly object: JsonObject;
  readonly path: string;
  readonly entry: T;
}

function fieldsOf<T>({ pods = {}, claims = {}, kinds }: FieldTables<T>): readonly Field<T>[] {
  const below = (holders: readonly (readonly [JsonObject, string])[], table: Readonly<Record<string, T>>) =>
    holders.flatMap(([object, prefix]) =>
      Object.entries(table).map(([pattern, entry]) => ({ object, path: pathOf(prefix + pattern), entry })),
    );
  return [
    ...below(podHolders, pods),
    ...below(claimHolders, claims),
    ...Object.entries(kinds).flatMap(([kind, table]) => below([[byKind.get(kind) ?? {}, '']], table)),
  ];
}

const pathOf = (pattern: string): string => pattern.replaceAll('[]', '[0]');

/** Holds the rule to `isWrong`, for values of a generator that depends on the entry. */
function expectTable<T, V>(
  rule: FieldTableRule<T>,
  valuesOf: (entry: T) => fc.Arbitrary<V>,
  isWrong: (entry: T, value: V) => boolean,
): void {
  const [code = ''] = rule.codes;
  for (const { object, path, entry } of fieldsOf(rule.tables)) {
    fc.assert(
      fc.property(valuesOf(entry), (value) => {
        const found = findingsOf(rule, [objects.withFields(object, { [path]: value })]);
        expect([path, value, found]).toEqual([
          path,
          value,
          isWrong(entry, value) ? [`${code} ${abbreviatedPath(path)}`] : [],
        ]);
      }),
      { numRuns: 10 },
    );
  }
}

test('each number has its range', () => {
  expect(fieldsOf(numberRanges.tables).length).toBeGreaterThan(200);
  expectTable(
    numberRanges,
    ([least, most]) =>
      fc
        .oneof(fc.constantFrom(least - 1, least, most, most + 1), fc.integer({ min: -10, max: 2 ** 31 + 10 }))
        // Zero counts as absent where one is the least, and absent numbers get their defaults.
        .filter((value) => value !== 0 || least === 0),
    ([least, most], value) => value < least || value > most,
  );
});

test('each field of fixed values takes those, and no others', () => {
  expect(fieldsOf(enumFields.tables).length).toBeGreaterThan(100);
  expectTable(
    enumFields,
    (values) => {
      const all = values.split(' ');
      return fc.oneof(
        fc.constantFrom(...all, ...all.map((each) => each.toLowerCase()), 'x'),
        fc.string({ minLength: 1 }),
      );
    },
    (values, value) => !values.split(' ').includes(value),
  );
});

test('each name has its format', () => {
  expect(fieldsOf(nameFields.tables).length).toBeGreaterThan(50);
  expectTable(
    nameFields,
    () =>
      fc.oneof(
        fc.constantFrom('a', 'a-b', 'A', 'a_b', 'a.b', '-a', 'a b', 'x'.repeat(64)),
        fc.string({ minLength: 1 }),
      ),
    (format, value) => format(value) !== undefined,
  );
});
