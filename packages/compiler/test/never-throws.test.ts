// Bad input never throws past `compile`: one change at a time to valid objects, tens of thousands of them, each with its surroundings.
import { compile } from '../src/compile.ts';
import type { JsonObject } from '../src/kinds/shared/defaults/jsonObject.ts';
import { changes } from './oracle/validation/changes.mjs';

/** One object in this many, another one in each place; the long mode takes all of them. */
const oneIn = process.env['I2KIT_TEST_LONG'] === '1' ? 1 : 37;

const claim = (name: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
});

const surroundings: readonly (JsonObject & { readonly kind: string })[] = [
  claim('data'),
  claim('raw'),
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    data: { k: 'x', a: 'y', key: 'z' },
    binaryData: { b: 'AAAA' },
  },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web' } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'other' },
    spec: { selector: { app: 'a' }, ports: [{ port: 80 }] },
  },
];

test('whatever is changed, compile answers', () => {
  const thrown: string[] = [];
  let compiled = 0;
  let refused = 0;
  let place = 0;
  for (const [name, objects] of changes()) {
    place += 1;
    objects.forEach((object: JsonObject, index: number) => {
      if ((index + place) % oneIn !== 0) return;
      // An object of the same name would be refused for that alone, and a claim that nothing mounts, too.
      const mounts = JSON.stringify(object).includes('claimName');
      const around = surroundings.filter(
        ({ kind }) => kind !== object['kind'] && (kind !== 'PersistentVolumeClaim' || mounts),
      );
      const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [object, ...around] });
      try {
        const { ok } = compile([{ name: 'a.json', text }], {
          app: 'a',
          env: 'default',
          config: { region: 'eu-west-1', hostedZone: 'example.com' },
        });
        if (ok) compiled += 1;
        else refused += 1;
      } catch (error) {
        thrown.push(`${name} #${index}: ${String(error)}`);
      }
    });
  }
  expect(thrown).toEqual([]);
  // Neither side is empty, or nothing would be shown.
  expect(Math.min(compiled, refused) / (compiled + refused)).toBeGreaterThan(0.05);
}, 600_000);
