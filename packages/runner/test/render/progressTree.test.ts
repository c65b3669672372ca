// The progress tree of terminals: resources in progress, the first failure, and the limits of width and height.
import { event, newProgressTree, type ResourceEvent } from '../../src/index.ts';

const origins = {
  WebGroup: 'Deployment/default/web',
  WebTemplate: 'Deployment/default/web',
  Volume: 'PersistentVolumeClaim/default/data',
};
const terminal = { origins, columns: 80, rows: 22 };

const resource = (logicalId: string, status: string, reason?: string, type = 'AWS::AutoScaling::AutoScalingGroup') => {
  const data: ResourceEvent = {
    eventId: `${logicalId}${status}`,
    stackId: 's',
    logicalId,
    physicalId: '',
    type,
    status,
    at: 0,
  };
  return event('I2K821', 1_000, 'shop', '', reason === undefined ? data : { ...data, reason });
};

function drawn(options = terminal, ...events: ReturnType<typeof resource>[]) {
  const picture = newProgressTree();
  for (const each of events) picture.add(each);
  return picture.lines(63_000, options);
}

test('shows stack, objects and resources in progress', () => {
  const lines = drawn(
    terminal,
    resource('shop', 'UPDATE_IN_PROGRESS', undefined, 'AWS::CloudFormation::Stack'),
    resource('Volume', 'CREATE_COMPLETE', undefined, 'AWS::EC2::Volume'),
    resource('WebTemplate', 'UPDATE_COMPLETE', undefined, 'AWS::EC2::LaunchTemplate'),
    resource('WebGroup', 'UPDATE_IN_PROGRESS'),
    resource('WebGroup', 'UPDATE_IN_PROGRESS', 'Received SUCCESS signal with UniqueId i-1'),
  );
  expect(lines).toEqual([
    '• shop  UPDATE_IN_PROGRESS  2 of 3 resources  01:02',
    '  ✓ PersistentVolumeClaim/default/data  done',
    '  • Deployment/default/web  1/2',
    '    • WebGroup (AutoScaling::AutoScalingGroup)  UPDATE_IN_PROGRESS  1 ready',
  ]);
});

test('the first failure stays throughout the rollback', () => {
  const lines = drawn(
    terminal,
    resource('WebGroup', 'UPDATE_FAILED', 'no signal'),
    resource('WebGroup', 'UPDATE_COMPLETE'),
    resource('shop', 'UPDATE_ROLLBACK_COMPLETE', undefined, 'AWS::CloudFormation::Stack'),
  );
  expect(lines[0]).toMatch(/^↺ shop {2}UPDATE_ROLLBACK_COMPLETE/);
  expect(lines).toContain('  ✗ Deployment/default/web  0/1  FAILED');
  expect(lines.at(-1)).toContain('UPDATE_FAILED  no signal');
});

test('a small terminal shows unfinished objects', () => {
  const many = Array.from({ length: 40 }, (_, i) => resource(`R${i}`, 'CREATE_COMPLETE'));
  const lines = drawn(
    { ...terminal, rows: 6, columns: 40 },
    ...many,
    resource('WebGroup', 'CREATE_IN_PROGRESS', '\u001b[31m'.repeat(40)),
  );
  expect(lines).toHaveLength(4);
  expect(lines.at(-1)).toBe('  ✓ 40 of 41 objects done');
  expect(lines.every((line) => line.length <= 40 && !line.includes('\u001b'))).toBe(true);
});

test('colours are only for the symbols', () => {
  const [line] = drawn({ ...terminal, color: true } as typeof terminal, resource('WebGroup', 'CREATE_COMPLETE'));
  expect(line).toMatch(/^\u001b\[36m•\u001b\[39m shop/);
});

test('planned resources count before their first event, and an object between two resources is not done', () => {
  const planned = ['WebTemplate', 'WebGroup', 'Volume', 'Other'];
  const events = [
    resource('shop', 'CREATE_IN_PROGRESS', undefined, 'AWS::CloudFormation::Stack'),
    resource('WebTemplate', 'CREATE_COMPLETE', undefined, 'AWS::EC2::LaunchTemplate'),
  ];
  const known = { ...terminal, planned, machines: { WebGroup: 3 } };
  expect(drawn(known, ...events)).toEqual([
    '• shop  CREATE_IN_PROGRESS  1 of 4 resources  01:02',
    '  • Deployment/default/web  1/2',
    '  · 2 of 3 objects pending',
  ]);
  const signals = Array.from({ length: 2 }, () =>
    resource('WebGroup', 'CREATE_IN_PROGRESS', 'Received SUCCESS signal with UniqueId i-1'),
  );
  expect(
    drawn(known, ...events, resource('WebGroup', 'CREATE_IN_PROGRESS', 'Resource creation Initiated'), ...signals),
  ).toContain('    • WebGroup (AutoScaling::AutoScalingGroup)  CREATE_IN_PROGRESS  2/3 ready');
});

test.each([80, 120])('at %i columns no line is wider, whatever its text', (columns) => {
  const long = 'Received 1 FAILURE signal(s) out of 3. '.repeat(5);
  const events = Array.from({ length: 30 }, (_, i) =>
    resource(`Resource${i}`, i % 3 === 0 ? 'CREATE_FAILED' : 'CREATE_IN_PROGRESS', long),
  );
  for (const color of [false, true]) {
    const lines = drawn({ ...terminal, columns, color } as typeof terminal, ...events);
    const widths = lines.map((line) => line.replace(/\u001b\[\d+m/g, '').length);
    expect(Math.max(...widths)).toBeLessThan(columns);
    expect(lines.length).toBeLessThanOrEqual(terminal.rows);
    expect(lines.filter((line) => line.endsWith('…')).length).toBeGreaterThan(5);
  }
});
