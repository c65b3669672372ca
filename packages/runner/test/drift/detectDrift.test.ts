// Drift detection: started, waited for and reported; and errors on the way.
import { type Clients, detectDrift } from '../../src/index.ts';
import { accessDenied, connectionReset, expiredToken, throttlingError } from '../double/errors.ts';
import { findStack } from '../double/fakeAccount.ts';
import { harness, runToEnd } from '../double/harness.ts';
import { deployByOtherTool, parts, stackName } from '../double/scenarios.ts';

async function place(more: Partial<Clients> = {}) {
  const made = harness(more);
  await deployByOtherTool(made.it, parts.before);
  const stack = findStack(made.it, stackName);
  if (!stack) throw new Error('no stack');
  const template = JSON.parse(stack.template) as { Resources: Record<string, { Metadata?: object }> };
  const web = template.Resources['Web'];
  if (web) web.Metadata = { 'i2kit:origin': 'Deployment/default/web#/spec/replicas' };
  stack.template = JSON.stringify(template);
  made.it.drifts.push({
    LogicalResourceId: 'Web',
    PhysicalResourceId: 'web-1',
    ResourceType: 'AWS::AutoScaling::AutoScalingGroup',
    StackResourceDriftStatus: 'MODIFIED',
    PropertyDifferences: [
      { PropertyPath: '/MaxSize', ExpectedValue: '2', ActualValue: '9', DifferenceType: 'NOT_EQUAL' },
    ],
  });
  return made;
}

const drifted = (events: Awaited<ReturnType<typeof runToEnd>>['events']) =>
  events.flatMap((each) => (each.code === 'I2K876' ? [each.data] : []));

/** The port, whose calls of one name throw the errors, one each. */
const faulty = (clients: Clients, name: keyof Clients['cloudFormation'], ...errors: Error[]): Clients => ({
  ...clients,
  cloudFormation: {
    ...clients.cloudFormation,
    [name]: async (...args: [never]) => {
      const error = errors.shift();
      if (error) throw error;
      return (clients.cloudFormation[name] as (...all: never[]) => unknown)(...args);
    },
  },
});

const web = {
  logicalId: 'Web',
  physicalId: 'web-1',
  type: 'AWS::AutoScaling::AutoScalingGroup',
  object: 'Deployment/default/web',
  how: 'MODIFIED',
  differences: [{ path: '/MaxSize', expected: '2', actual: '9', how: 'NOT_EQUAL' }],
};

test('differences are reported with their objects, after all pages', async () => {
  const { it, clients } = await place();
  const { result, events } = await runToEnd(detectDrift(clients, { stackName }));
  expect(drifted(events)).toEqual([web]);
  expect(result).toMatchObject({ outcome: 'succeeded', message: expect.stringContaining('1 of 4 resources') });
  it.drifts.length = 0;
  expect(drifted((await runToEnd(detectDrift(clients, { stackName }))).events)).toEqual([]);
});

test('throttling and lost responses are repeated; another detection is waited for', async () => {
  const { it, clients } = await place();
  await clients.cloudFormation.detectStackDrift({ StackName: stackName });
  const one = faulty(
    clients,
    'describeStackDriftDetectionStatus',
    throttlingError(),
    throttlingError(),
    connectionReset(),
  );
  const { result, events } = await runToEnd(
    detectDrift(faulty(one, 'detectStackDrift', connectionReset()), { stackName }),
  );
  expect([result.outcome, drifted(events)]).toEqual(['succeeded', [web]]);
  expect(it.detections.size).toBe(2);
});

test('credentials that expire leave the detection running, and the result names the command to resume', async () => {
  const { clients } = await place();
  const { result } = await runToEnd(
    detectDrift(faulty(clients, 'describeStackDriftDetectionStatus', expiredToken()), { stackName }),
  );
  expect(result).toMatchObject({ outcome: 'running', reason: 'expired', resume: `i2kit drift ${stackName}` });
  expect(result.message).toContain(`The drift detection of ${stackName} is still running in AWS`);
});

test('so does the deadline, and Ctrl-C is an interruption', async () => {
  const { it, clients } = await place();
  expect((await runToEnd(detectDrift(clients, { stackName }, { timeoutMs: 5_000 }))).result).toMatchObject({
    outcome: 'running',
    reason: 'deadline',
  });
  const abort = new AbortController();
  it.clock.after(3_000, () => abort.abort());
  expect((await runToEnd(detectDrift(clients, { stackName }, { signal: abort.signal }))).result.outcome).toBe(
    'interrupted',
  );
});

test('missing rights are reported; a missing stack, and one in progress, is not compared', async () => {
  const { it, clients } = await place();
  const one = faulty(clients, 'detectStackDrift', accessDenied('DetectStackDrift'));
  expect((await runToEnd(detectDrift(one, { stackName }))).result).toMatchObject({
    outcome: 'failed',
    reason: 'denied',
  });
  expect((await runToEnd(detectDrift(clients, { stackName: 'other' }))).result).toMatchObject({
    outcome: 'failed',
    reason: 'absent',
  });
  const stack = findStack(it, stackName);
  if (stack) stack.status = 'UPDATE_IN_PROGRESS';
  expect((await runToEnd(detectDrift(clients, { stackName }))).result).toMatchObject({
    outcome: 'refused',
    reason: 'busy',
  });
});

test('a detection that failed in part reports its findings, and the resources that it skipped', async () => {
  const { it, clients } = await place();
  it.drifts.push({ LogicalResourceId: 'Net', StackResourceDriftStatus: 'UNKNOWN', DriftStatusReason: 'AccessDenied' });
  const { result, events } = await runToEnd(detectDrift(clients, { stackName }));
  expect(result.message).toContain('1 of 3 resources');
  expect(events.find((each) => each.code === 'I2K877')?.data).toEqual({ said: 'AccessDenied', resources: ['Net'] });
});
