// The root cause: the first resource that failed by itself, in nested stacks too, with diagnostics of its machines.

import type { ResourceEvent } from '../../src/events/operationEvents.ts';
import { deploy, type MachinesPort } from '../../src/index.ts';
import { newEventLog, pollEvents } from '../../src/operation/eventLog.ts';
import { rootCauseOf } from '../../src/operation/rootCause.ts';
import { startRun } from '../../src/run/run.ts';
import { harness, runToEnd } from '../double/harness.ts';
import { deployByOtherTool, input, parts } from '../double/scenarios.ts';

const at = (
  ms: number,
  logicalId: string,
  status: string,
  reason?: string,
  more: Partial<ResourceEvent> = {},
): ResourceEvent => ({
  eventId: `${logicalId}-${ms}`,
  stackId: 'arn:root',
  logicalId,
  physicalId: logicalId,
  type: 'AWS::SNS::Topic',
  status,
  at: ms,
  ...(reason === undefined ? {} : { reason }),
  ...more,
});

test('cancelled resources and stacks that only report are no cause', () => {
  const events = [
    at(3, 'Late', 'CREATE_FAILED', 'Too late'),
    at(1, 'Victim', 'CREATE_FAILED', 'Resource creation cancelled'),
    at(2, 'Box', 'CREATE_FAILED', 'Embedded stack was not successfully created', {
      type: 'AWS::CloudFormation::Stack',
      physicalId: 'arn:box',
    }),
    at(2, 'Culprit', 'CREATE_FAILED', 'No capacity'),
  ];
  expect(rootCauseOf(events)).toMatchObject({ logicalId: 'Culprit', reason: 'No capacity' });
  expect(rootCauseOf(events.slice(1, 3))).toMatchObject({ logicalId: 'Box' });
  expect(rootCauseOf(events.slice(1, 2))).toBeUndefined();
});

test('nested stacks are read too, but only events of the operation', async () => {
  const child = 'arn:aws:cloudformation:eu-west-1:1:stack/child/2';
  const root = 'arn:aws:cloudformation:eu-west-1:1:stack/root/1';
  const event = (
    stackId: string,
    ms: number,
    LogicalResourceId: string,
    ResourceStatus: string,
    PhysicalResourceId: string,
    ResourceType: string,
    reason?: string,
  ) => ({
    EventId: `${stackId}${ms}`,
    StackId: stackId,
    LogicalResourceId,
    PhysicalResourceId,
    ResourceType,
    ResourceStatus,
    Timestamp: new Date(ms),
    ClientRequestToken: 'ours',
    ...(reason === undefined ? {} : { ResourceStatusReason: reason }),
  });
  const nested = 'AWS::CloudFormation::Stack';
  const pages: Record<string, ReturnType<typeof event>[]> = {
    [root]: [
      event(root, 300, 'Child', 'UPDATE_FAILED', child, nested, 'Embedded stack failed'),
      event(root, 100, 'root', 'UPDATE_IN_PROGRESS', root, nested, 'User Initiated'),
    ],
    [child]: [
      event(child, 200, 'Topic', 'UPDATE_FAILED', 'topic', 'AWS::SNS::Topic', 'No such key'),
      event(child, 50, 'Topic', 'CREATE_FAILED', 'topic', 'AWS::SNS::Topic', 'An older failure'),
    ],
  };
  const { clients } = harness();
  const port = {
    ...clients.cloudFormation,
    describeStackEvents: async ({ StackName }: { StackName: string }) => ({ StackEvents: pages[StackName] ?? [] }),
  };
  const run = startRun({ ...clients, cloudFormation: port }, 'root', {}, '');
  const log = newEventLog(root, 'ours');
  for await (const _ of pollEvents(run, log));
  for await (const _ of pollEvents(run, log));
  expect(rootCauseOf(log.events)).toMatchObject({ logicalId: 'Topic', reason: 'No such key', stackId: child });
  expect(log.events.filter((each) => each.reason === 'An older failure')).toEqual([]);
});

const said = async (): Promise<never> => {
  throw Object.assign(new Error('denied'), { name: 'AccessDenied', $metadata: {} });
};

test.each<[string, Partial<MachinesPort>, string[]]>([
  [
    'all of it',
    {},
    ['scaling: Launching: no capacity', 'targets: 0 of 1 healthy', 'targets: i-1: failed', 'console i-1: kernel panic'],
  ],
  ['what can be had', { targetHealth: said, consoleTail: said }, ['scaling: Launching: no capacity']],
  ['nothing', { group: said }, []],
])('a failed group of machines has diagnostics: %s', async (_, port, lines) => {
  const machines: MachinesPort = {
    sizes: async () => [],
    group: async () => ({ activities: ['Launching: no capacity'], instances: ['i-1'], targetGroups: ['arn:tg'] }),
    targetHealth: async () => ({ healthy: 0, total: 1, reasons: ['i-1: failed'] }),
    consoleTail: async () => ['kernel panic'],
    ...port,
  };
  const { it, clients } = harness({ machines });
  await deployByOtherTool(it, parts.before);
  const { result, events } = await runToEnd(deploy(clients, input(parts.broken)));
  expect(result).toMatchObject({ outcome: 'failed', cause: { logicalId: 'Api', evidence: lines } });
  // Read while the machines existed: before the rollback was over.
  const codes = events.map((event) =>
    event.code === 'I2K821' && event.data.status === 'UPDATE_ROLLBACK_COMPLETE' ? 'over' : event.code,
  );
  if (lines.length > 0) expect(codes.indexOf('I2K824')).toBeLessThan(codes.indexOf('over'));
});
