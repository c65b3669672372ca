// The choice of an instance type: always one that holds the pod, and never one that is dearer than another that would.
import fc from 'fast-check';
import {
  candidateTypes,
  fits,
  instanceTypeNamed,
  memoryForPods,
  type Requests,
  referencePrices,
  smallestFor,
} from '../../src/4-emit/aws/instanceTypes.ts';
import { families } from '../../src/generated/instance-types.ts';
import { chosenFamilies } from '../../src/generated/instancePrices.ts';

const MiB = 1024 ** 2;
const nothing: Requests = { cpu: 0, memory: 0, gpus: 0, architecture: 'amd64' };
const chosen = (requests: Partial<Requests>) => smallestFor({ ...nothing, ...requests })?.name;

const price = (name: string): number => referencePrices.get(name) ?? Number.POSITIVE_INFINITY;

const requests: fc.Arbitrary<Requests> = fc.record({
  cpu: fc.oneof(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 300_000 })),
  memory: fc
    .oneof(fc.integer({ min: 0, max: 8192 }), fc.integer({ min: 0, max: 3_000_000 }))
    .map((mebibytes) => mebibytes * MiB),
  gpus: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 10 })),
  architecture: fc.constantFrom('amd64', 'arm64'),
});

test('the choice holds what is asked for', () => {
  fc.assert(
    fc.property(requests, (asked) => {
      const type = smallestFor(asked);
      fc.pre(type !== undefined);
      expect(type).toMatchObject({ architecture: asked.architecture, uefi: true });
      expect(type.vcpus * 1000).toBeGreaterThanOrEqual(asked.cpu);
      expect(type.gpus).toBeGreaterThanOrEqual(asked.gpus);
      // Never more than the machine has once 4 % and 192 MiB are taken off.
      expect(type.memoryMiB * 0.96 - 192).toBeGreaterThanOrEqual(asked.memory / MiB);
    }),
    { numRuns: 1000 },
  );
});

test('no cheaper one holds it, and where none is chosen none does', () => {
  fc.assert(
    fc.property(requests, (asked) => {
      fc.pre(asked.cpu + asked.memory + asked.gpus > 0);
      const type = smallestFor(asked);
      const most = type === undefined ? Number.POSITIVE_INFINITY : price(type.name);
      for (const family of Object.keys(chosenFamilies)) {
        for (const size of (families[family] ?? '').split(' ').slice(1)) {
          const other = instanceTypeNamed(`${family}.${size.replace('!', '').split(':')[0]}`);
          if (other?.uefi && fits(other, asked)) expect(price(other.name)).toBeGreaterThanOrEqual(most);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('asking for more never gets a cheaper one', () => {
  fc.assert(
    fc.property(requests, fc.nat(8000), fc.nat(64_000), (asked, cpu, memory) => {
      fc.pre(asked.cpu + asked.memory + asked.gpus > 0);
      const more = smallestFor({ ...asked, cpu: asked.cpu + cpu, memory: asked.memory + memory * MiB });
      fc.pre(more !== undefined);
      expect(price(more.name)).toBeGreaterThanOrEqual(price(smallestFor(asked)?.name ?? ''));
    }),
  );
});

test.each<[string, Partial<Requests>, string | undefined]>([
  ['nothing', {}, 't3.micro'],
  ['nothing, on Arm', { architecture: 'arm64' }, 't4g.micro'],
  ['a little', { cpu: 100, memory: 64 * MiB }, 't3.nano'],
  ['half a core and half a GiB', { cpu: 500, memory: 512 * MiB }, 't3.micro'],
  ['what a machine of that size would have, without the system', { memory: 1024 * MiB }, 't3.small'],
  ['much memory', { cpu: 1000, memory: 14 * 1024 * MiB }, 'r6i.large'],
  ['many cores', { cpu: 30_000, memory: 20 * 1024 * MiB }, 'c7i.8xlarge'],
  ['a GPU', { gpus: 1 }, 'g4dn.xlarge'],
  ['a GPU, on Arm', { gpus: 1, architecture: 'arm64' }, 'g5g.xlarge'],
  ['eight GPUs', { gpus: 8 }, 'g5.48xlarge'],
  ['more than there is', { cpu: 1_000_000 }, undefined],
  ['four GPUs on Arm', { gpus: 4, architecture: 'arm64' }, undefined],
])('for %s', (_, asked, name) => {
  expect(chosen(asked)).toBe(name);
});

test('exactly what is left fits, and a byte more does not', () => {
  const micro = instanceTypeNamed('t3.micro');
  if (micro === undefined) throw new Error('t3.micro is not in the table');
  const memory = memoryForPods(micro) * MiB;
  expect(memoryForPods(micro)).toBe(791);
  expect(chosen({ memory })).toBe('t3.micro');
  expect(chosen({ memory: memory + 1 })).toBe('t3.small');
});

test('every type of the table can be read', () => {
  const names = Object.entries(families).flatMap(([family, text]) =>
    text
      .split(' ')
      .slice(1)
      .map((size) => `${family}.${size.replace('!', '').split(':')[0]}`),
  );
  expect(names.length).toBeGreaterThan(1300);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) {
    const type = instanceTypeNamed(name);
    expect(type?.name).toBe(name);
    for (const number of [type?.vcpus, type?.memoryMiB]) expect(number).toBeGreaterThan(0);
    expect(type?.gpus).toBeGreaterThanOrEqual(0);
  }
});

test('what it says of types that users name', () => {
  expect(instanceTypeNamed('t2.micro')).toEqual({
    name: 't2.micro',
    architecture: 'amd64',
    vcpus: 1,
    memoryMiB: 1024,
    gpus: 0,
    uefi: false,
  });
  expect(instanceTypeNamed('m7i.metal-24xl')?.uefi).toBe(false);
  expect(instanceTypeNamed('p4d.24xlarge')).toMatchObject({ uefi: false, gpus: 8, gpuMemoryMiB: 40960 });
  expect(instanceTypeNamed('c8g.medium')?.architecture).toBe('arm64');
  for (const name of ['x99.large', 'm7i.huge', '', 'm7i', 'm7i.', 'constructor.x', '__proto__'])
    expect(instanceTypeNamed(name)).toBeUndefined();
});

test('the table has every family that has a price, and every choice has one', () => {
  expect(Object.keys(chosenFamilies).filter((family) => !Object.hasOwn(families, family))).toEqual([]);
  expect(candidateTypes.length).toBeGreaterThan(90);
  expect(candidateTypes.filter(({ name }) => !Number.isFinite(price(name)))).toEqual([]);
});
