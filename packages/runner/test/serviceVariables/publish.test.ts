// Service variables of apps that share a namespace: no app loses its own, removed ones are deleted, and two writers
// in any order end well.
import fc from 'fast-check';
import type { ParametersPort } from '../../src/ports/parameters.ts';
import { type DesiredVariables, parameterChangesFor, publishVariables } from '../../src/serviceVariables/publish.ts';

const root = '/i2kit/prod/services';

/** Parameters in memory; each call waits for the test. */
function store(turn: () => Promise<void> = async () => {}) {
  const values: Record<string, string> = {};
  const writes: string[] = [];
  const port: ParametersPort = {
    get: async (name) => values[name],
    async listBelow(path) {
      await turn();
      return Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith(`${path}/`)));
    },
    async put(name, value) {
      await turn();
      writes.push(name);
      values[name] = value;
    },
    async remove(names) {
      await turn();
      for (const name of names) {
        writes.push(`-${name}`);
        delete values[name];
      }
    },
  };
  return {
    port,
    values,
    writes,
    read: (namespace: string) => values[`${root}/${namespace}`] && JSON.parse(values[`${root}/${namespace}`] ?? ''),
  };
}

const of = (app: string, variables: DesiredVariables['variables']): DesiredVariables => ({
  env: 'prod',
  app,
  variables,
});

test("two apps share a namespace; one app's removed variables are deleted, and the other's stay", async () => {
  const { port, read, values, writes } = store();
  expect(await publishVariables(port, of('shop', { default: { WEB_SERVICE_PORT: '80', A: '1' } }))).toBe(true);
  expect(await publishVariables(port, of('data', { default: { DB_SERVICE_PORT: '5432' }, own: { X: '1' } }))).toBe(
    true,
  );
  expect(read('default')).toEqual({ A: '1', DB_SERVICE_PORT: '5432', WEB_SERVICE_PORT: '80' });
  await publishVariables(port, of('shop', { default: { WEB_SERVICE_PORT: '81' } }));
  expect(read('default')).toEqual({ DB_SERVICE_PORT: '5432', WEB_SERVICE_PORT: '81' });
  expect(read('own')).toEqual({ X: '1' });
  await publishVariables(port, of('data', {}));
  expect([read('default'), read('own')]).toEqual([{ WEB_SERVICE_PORT: '81' }, undefined]);
  const before = writes.length;
  await publishVariables(port, of('shop', { default: { WEB_SERVICE_PORT: '81' } }));
  expect(writes).toHaveLength(before);
  await publishVariables(port, of('shop', {}));
  expect(values).toEqual({});
});

test('a section is written before the whole that contains it; a section that is not JSON is skipped', () => {
  const { put, remove } = parameterChangesFor(
    { [`${root}/default/odd`]: 'hello' },
    of('shop', { default: { B: '2', A: '1' } }),
  );
  expect(put).toEqual([
    [`${root}/default/shop`, '{"A":"1","B":"2"}'],
    [`${root}/default`, '{"A":"1","B":"2"}'],
  ]);
  expect(remove).toEqual([]);
});

test('an app with the name of a namespace changes nothing else', () => {
  expect(
    parameterChangesFor({ [`${root}/shop`]: '{"X":"1"}', [`${root}/shop/data`]: '{"X":"1"}' }, of('shop', {})),
  ).toEqual({
    put: [],
    remove: [],
  });
});

const changes = fc.array(
  fc.dictionary(
    fc.constantFrom('default', 'b'),
    fc.dictionary(fc.constantFrom('A', 'B'), fc.constant('1'), { maxKeys: 2 }),
  ),
  {
    minLength: 1,
    maxLength: 3,
  },
);

test('with three writers in any order, the whole contains all sections in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.tuple(changes, changes, changes), async (scheduler, plans) => {
      const { port, read } = store(() => scheduler.schedule(Promise.resolve()));
      const named = plans.map((steps, at) => steps.map((step) => prefixed(step, `APP${at}_`)));
      const writers = named.map(async (steps, at) => {
        for (const variables of steps) await publishVariables(port, of(`app${at}`, variables));
      });
      await scheduler.waitFor(Promise.all(writers));
      for (const namespace of ['default', 'b']) {
        const last = named.map((steps) => steps.at(-1)?.[namespace]);
        const expected = last.some((each) => each) ? Object.assign({}, ...last) : undefined;
        expect(read(namespace)).toEqual(expected);
      }
    }),
    { numRuns: 200 },
  );
});

/** Names of one app are its own. */
const prefixed = (variables: DesiredVariables['variables'], prefix: string): DesiredVariables['variables'] =>
  Object.fromEntries(
    Object.entries(variables).map(([namespace, all]) => [
      namespace,
      Object.fromEntries(Object.entries(all).map(([name, value]) => [prefix + name, value])),
    ]),
  );
