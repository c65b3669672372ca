// Which removals of machines and volumes are refused until --allow-removal names them.
import {
  machineCounts,
  machineRemovalProblems,
  removesMostMachines,
  volumeRemovalProblems,
} from '../../src/review/removals.ts';

interface Group {
  readonly name: string;
  readonly desired?: number;
  readonly min?: number;
  readonly max?: number;
}

const template = (...groups: readonly Group[]): string =>
  JSON.stringify({
    Resources: Object.fromEntries(
      groups.map(({ name, desired, min, max }) => [
        name,
        {
          Type: 'AWS::AutoScaling::AutoScalingGroup',
          Metadata: { 'i2kit:origin': `Deployment/default/${name.toLowerCase().replace(/\d+$/, '')}#/spec` },
          Properties: {
            ...(desired !== undefined && { DesiredCapacity: String(desired) }),
            ...(min !== undefined && { MinSize: String(min) }),
            ...(max !== undefined && { MaxSize: String(max) }),
          },
        },
      ]),
    ),
  });

const counts = (before: string, after: string, others: readonly string[] = []) => {
  const { before: old, after: now } = machineCounts([{ stackName: 'default-shop', before, after }], others);
  return [old, now];
};

test.each([
  ['a first deployment', '', template({ name: 'Web', desired: 3 }), [0, 3], false],
  ['half of the machines', template({ name: 'Web', desired: 4 }), template({ name: 'Web', desired: 2 }), [4, 2], false],
  ['one more', template({ name: 'Web', desired: 4 }), template({ name: 'Web', desired: 1 }), [4, 1], true],
  ['the only machine', template({ name: 'Web', desired: 1 }), template({ name: 'Web', desired: 0 }), [1, 0], true],
  ['all groups', template({ name: 'Web', desired: 2 }, { name: 'Db1', desired: 1 }), template(), [3, 0], true],
  ['a renamed group', template({ name: 'Web', desired: 4 }), template({ name: 'Front', desired: 4 }), [4, 4], false],
  [
    'autoscaling instead of a fixed size: the machines stay',
    template({ name: 'Web', desired: 8 }),
    template({ name: 'Web', min: 2, max: 10 }),
    [8, 8],
    false,
  ],
  [
    'autoscaling with a smaller maximum',
    template({ name: 'Web', desired: 8 }),
    template({ name: 'Web', min: 1, max: 3 }),
    [8, 3],
    true,
  ],
  [
    'an autoscaled group, which has its minimum at least',
    template({ name: 'Web', min: 4, max: 10 }),
    template({ name: 'Web', desired: 1 }),
    [4, 1],
    true,
  ],
])('%s', (_, before, after, expected, refused) => {
  expect(counts(before, after)).toEqual(expected);
  expect(removesMostMachines(machineCounts([{ stackName: 'default-shop', before, after }]))).toBe(refused);
});

test('machines of the stacks that stay count on both sides', () => {
  const [before, after] = [template({ name: 'Web', desired: 3 }), template()];
  expect(counts(before, after, [template({ name: 'Db', desired: 3 })])).toEqual([6, 3]);
});

test('templates of other tools have no machines', () => {
  expect(counts('Resources: {}', 'Resources: {}')).toEqual([0, 0]);
  expect(counts('{"Resources":{"A":{"Type":"AWS::EC2::Instance"}}}', '{}')).toEqual([0, 0]);
});

test('the sentence says which groups shrink, and the app by which it is allowed', () => {
  const before = template(
    { name: 'Web', desired: 4 },
    { name: 'Db1', desired: 1 },
    { name: 'Db2', desired: 1 },
    { name: 'Api', desired: 1 },
  );
  const all = machineCounts([{ stackName: 'default-shop', before, after: template({ name: 'Api', desired: 2 }) }]);
  const sentence =
    '5 of 7 machines of shop would be removed (Deployment/default/web 4 → 0 and Deployment/default/db 2 → 0). ' +
    'To allow it: --allow-removal shop';
  expect(machineRemovalProblems('shop', all, {})).toEqual([{ message: sentence }]);
  expect(machineRemovalProblems('shop', all, { 'allow-removal': ['other'] })).toEqual([{ message: sentence }]);
  expect(machineRemovalProblems('shop', all, { 'allow-removal': ['other', 'shop'] })).toEqual([]);
});

test('each volume is allowed by its id or its object', () => {
  const object = 'StatefulSet/default/db';
  const volumes = [
    { id: 'vol-1', object, size: '10 GiB' },
    { id: 'vol-2', object, snapshot: true as const },
  ];
  expect(volumeRemovalProblems(volumes, {})).toEqual([
    {
      message: `${object}: the volume vol-1, 10 GiB, would be deleted with its data. To allow it: --allow-removal vol-1`,
    },
    { message: `${object}: the volume vol-2 would be deleted; a snapshot is kept. To allow it: --allow-removal vol-2` },
  ]);
  expect(volumeRemovalProblems(volumes, { 'allow-removal': ['vol-1'] })).toHaveLength(1);
  expect(volumeRemovalProblems(volumes, { 'allow-removal': [object] })).toEqual([]);
});
