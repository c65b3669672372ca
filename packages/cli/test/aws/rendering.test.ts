// What looking at a stack shows: tables, ages, drift, the past, and a tree that is drawn over itself.
import { type DriftedResource, event, type StackOperation } from '@i2kit/runner';
import { liveTree } from '../../src/aws/liveTree.ts';
import { desiredMachines } from '../../src/aws/resourceOrigins.ts';
import { elapsed, table } from '../../src/aws/table.ts';
import { driftText } from '../../src/commands/drift/run.ts';
import { historyText } from '../../src/commands/history/run.ts';
import { statusText } from '../../src/commands/status/render.ts';
import { type GroupStatus, mergeOrdinals } from '../../src/commands/status/workloads.ts';
import type { Context } from '../../src/context.ts';

test.each([
  [-5, '0s'],
  [45_000, '45s'],
  [60_000, '1m'],
  [250_000, '4m 10s'],
  [11_520_000, '3h 12m'],
  [9 * 86_400_000 + 5_000, '9d'],
])('%i ms is %s', (ms, text) => expect(elapsed(ms)).toBe(text));

test('columns are as wide as their widest cell, and what is in them cannot move the cursor', () => {
  expect(table(['A', 'B'], [['long one', '\u001b[2J']])).toEqual(['A         B', 'long one  \\u001b[2J']);
});

const drifted = (object: string, more: Partial<DriftedResource> = {}): DriftedResource => ({
  object,
  logicalId: 'Web',
  physicalId: 'web-1',
  type: 'AWS::SNS::Topic',
  how: 'MODIFIED',
  differences: [],
  ...more,
});

test('drift is listed by object, with long values cut', () => {
  const differences = [
    { path: '/A', expected: 'x'.repeat(300), actual: '1', how: 'NOT_EQUAL' as const },
    { path: '/B', expected: '', actual: '2', how: 'ADD' as const },
    { path: '/C', expected: '3', actual: '', how: 'REMOVE' as const },
  ];
  const text = driftText(
    [
      drifted('Service/b'),
      drifted('Deployment/a', { differences }),
      drifted('Deployment/a', { logicalId: 'Api', how: 'DELETED' }),
    ],
    false,
  );
  expect(text.split('\n')).toEqual([
    'Deployment/a',
    '  DELETED  Api  SNS::Topic  web-1',
    '  MODIFIED  Web  SNS::Topic  web-1',
    `    /A: in the template ${'x'.repeat(200)}… (300 characters), is 1`,
    '    /B: not in the template, is 2',
    '    /C: in the template 3, is missing',
    'Service/b',
    '  MODIFIED  Web  SNS::Topic  web-1',
    '',
  ]);
  expect(driftText([drifted('a')], true)).toContain('\u001b[33mMODIFIED\u001b[39m');
});

test('what is under way has lasted until now', () => {
  const running: StackOperation = {
    what: 'update',
    outcome: 'running',
    status: 'UPDATE_IN_PROGRESS',
    begunAt: 0,
    stackId: 's',
    token: 'i2kit-x',
  };
  expect(historyText([running], 125_000, true)).toBe(
    'REV  WHEN                  WHAT    RESULT   TOOK   TEMPLATE  CHANGE SET\n-    1970-01-01T00:00:00Z  update  running  2m 5s  -         i2kit-x\n',
  );
});

test('a StatefulSet is one workload, the sum of its ordinals; who looks widely sees each', () => {
  const one = (ordinal: number, inService: number, more: Partial<GroupStatus> = {}): GroupStatus => ({
    object: 'StatefulSet/default/db',
    group: `group-${ordinal}`,
    pod: `db-${ordinal}`,
    desired: 1,
    inService,
    healthy: inService,
    targets: 1,
    machines: [{ id: `i-${ordinal}`, state: 'InService', health: 'Healthy', zone: 'a', pod: `db-${ordinal}` }],
    ...more,
  });
  const web: GroupStatus = { object: 'Deployment/default/web', group: 'web', desired: 2, inService: 2, machines: [] };
  const workloads = mergeOrdinals([
    one(10, 1),
    web,
    one(2, 0, { waits: true, machines: [] }),
    { ...web, group: 'web-2' },
  ]);
  expect(workloads).toMatchObject([
    {
      object: 'StatefulSet/default/db',
      desired: 2,
      inService: 1,
      healthy: 1,
      targets: 2,
      waits: true,
      ordinals: [{ name: 'db-2' }, { name: 'db-10' }],
    },
    { group: 'web' },
    { group: 'web-2' },
  ]);
  expect(workloads[0]).not.toHaveProperty('group');
  const found = {
    version: 1,
    stackName: 'a',
    stackId: '',
    status: 'UPDATE_COMPLETE',
    workloads,
    endpoints: [],
    outputs: {},
  } as const;
  const lines = (wide: boolean) => statusText(found, wide, 0).split('\n');
  expect(lines(false).slice(1, 3)).toEqual([
    'WORKLOAD                DESIRED  IN SERVICE  HEALTHY',
    'StatefulSet/default/db  2        1           1/2',
  ]);
  expect(lines(true).slice(3, 5)).toEqual([
    '  db-2                  1        0           0/1',
    '  db-10                 1        1           1/1',
  ]);
  expect(lines(true)).toContainEqual(expect.stringMatching(/^i-10 +StatefulSet\/default\/db \(db-10\) +InService/));
});

test('a stack without workloads is one line, and its outputs', () => {
  const found = {
    version: 1,
    stackName: 'a',
    stackId: '',
    status: 'CREATE_COMPLETE',
    workloads: [],
    endpoints: [],
    outputs: { Url: 'b' },
  } as const;
  expect(statusText(found, true, 0)).toBe('a  CREATE_COMPLETE\nUrl  b\n');
});

test('how many machines a group wants is read from the template', () => {
  const group = (DesiredCapacity: unknown) => ({
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { DesiredCapacity },
  });
  expect(
    desiredMachines(
      JSON.stringify({ Resources: { A: group('3'), B: group({ Ref: 'X' }), C: { Type: 'AWS::SNS::Topic' } } }),
    ),
  ).toEqual({
    A: 3,
  });
  expect(desiredMachines('Resources:')).toEqual({});
});

test('a tree is drawn over the old one line by line, from the first column, however narrow the terminal has become', () => {
  const written: string[] = [];
  const stderr = { isTTY: true, columns: 80, rows: 24, write: (text: string) => void written.push(text) };
  const picture = liveTree({ io: { stderr }, color: false } as unknown as Context, { planned: ['A', 'B'] });
  const of = (logicalId: string) =>
    event('I2K821', 0, 'shop', '', {
      eventId: logicalId,
      stackId: 's',
      logicalId,
      physicalId: '',
      type: 'AWS::SNS::Topic',
      status: 'CREATE_IN_PROGRESS',
      at: 0,
    });
  picture.add(of('A'));
  stderr.columns = 20;
  picture.add(of('B'));
  picture.end();
  const [first = '', second = ''] = written;
  expect(first).toMatch(/^• shop {2}waiting {2}0 of 2 resources.*\u001b\[K\n/);
  // Four lines, of which the narrower terminal has broken those of over 20 characters into more.
  const rows = first
    .replace(/\u001b\[[KJ]/g, '')
    .split('\n')
    .slice(0, -1)
    .reduce((sum, line) => sum + Math.ceil(line.length / 20), 0);
  expect(second.startsWith(`\r\u001b[${rows}A`)).toBe(true);
  expect(second.split('\u001b[J')).toHaveLength(2);
  expect(second.endsWith('\u001b[J')).toBe(true);
});
