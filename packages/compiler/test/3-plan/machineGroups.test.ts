// Groups of machines: what a pod asks of its machine, how it is rolled out, and how many there are.
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import { cronJob, deployment, job, pod, replicaSet, withFields } from '../helpers/objects.ts';
import { groupOf, withPod } from './plans.ts';

const container = (name: string, requests: object, more: object = {}) => ({
  name,
  image: 'a:1',
  resources: { requests, ...more },
});
const affinity = (key: string, operator: string, values?: readonly string[]) => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key, operator, ...(values && { values }) }] }],
    },
  },
});

describe('the machine', () => {
  test.each([
    ['node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type', 'm5.large', { instanceType: 'm5.large' }],
    ['kubernetes.io/arch', 'beta.kubernetes.io/arch', 'arm64', { architecture: 'arm64' }],
    ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone', 'eu-west-1b', { zones: ['eu-west-1b'] }],
  ])('%s is chosen by label, by its old name and by affinity', (label, old, value, expected) => {
    for (const fields of [
      { nodeSelector: { [label]: value } },
      { nodeSelector: { [old]: value } },
      { affinity: affinity(label, 'In', [value]) },
      { affinity: affinity(old, 'In', [value]) },
    ])
      expect(groupOf(withPod(fields)).machine).toMatchObject(expected);
  });

  test('an annotation has precedence over a label, and zones are sorted', () => {
    const both = withFields(withPod({ nodeSelector: { 'node.kubernetes.io/instance-type': 'm5.large' } }), {
      'metadata.annotations': { 'i2kit.dev/instance-type': 'c5.large' },
    });
    expect(groupOf(both).machine.instanceType).toBe('c5.large');
    const zones = withPod({
      affinity: affinity('topology.kubernetes.io/zone', 'In', ['eu-west-1c', 'eu-west-1a']),
    });
    expect(groupOf(zones).machine.zones).toEqual(['eu-west-1a', 'eu-west-1c']);
    expect(groupOf(deployment).machine).not.toHaveProperty('zones');
    expect(groupOf(deployment).machine).not.toHaveProperty('instanceType');
    expect(groupOf(deployment).machine).not.toHaveProperty('ephemeralStorage');
  });

  test.each([
    ['containers add up', [container('a', { cpu: '100m' }), container('b', { cpu: 1 })], [], 1100],
    ['a limit is a request', [container('a', {}, { limits: { cpu: '300m' } })], [], 300],
    [
      'an init container counts if it asks for more',
      [container('a', { cpu: '100m' })],
      [container('i', { cpu: '500m' })],
      500,
    ],
    ['and not if it asks for less', [container('a', { cpu: 1 })], [container('i', { cpu: '500m' })], 1000],
    [
      'a sidecar adds to the containers',
      [container('a', { cpu: '100m' })],
      [{ ...container('s', { cpu: '200m' }), restartPolicy: 'Always' }],
      300,
    ],
    [
      'and to an init container after it',
      [container('a', { cpu: '100m' })],
      [{ ...container('s', { cpu: '200m' }), restartPolicy: 'Always' }, container('i', { cpu: '500m' })],
      700,
    ],
    [
      'but not to one before it',
      [container('a', { cpu: '100m' })],
      [container('i', { cpu: '500m' }), { ...container('s', { cpu: '200m' }), restartPolicy: 'Always' }],
      500,
    ],
  ])('requests: %s', (_, containers, initContainers, cpu) => {
    expect(groupOf(withPod({ containers, initContainers })).machine.requests.cpu).toBe(cpu);
  });

  test('memory, disk and limits are sums in bytes and thousandths', () => {
    const limits = { cpu: '500m', memory: '256Mi' };
    const requests = { memory: '128Mi', 'ephemeral-storage': '2Gi' };
    const containers = [container('a', requests, { limits }), container('b', requests, { limits })];
    const { machine } = groupOf(withPod({ containers }));
    expect(machine.requests).toEqual({ cpu: 1000, memory: 2 ** 28, gpus: 0 });
    expect(machine.limits).toEqual({ cpu: 1000, memory: 2 ** 29 });
    expect(machine.ephemeralStorage).toBe(2 ** 32);
    const half = [container('a', requests, { limits }), container('b', requests)];
    expect(groupOf(withPod({ containers: half })).machine.limits).toEqual({ cpu: undefined, memory: undefined });
  });
});

describe('the rollout', () => {
  const rollout = (fields: Readonly<Record<string, unknown>>, others: readonly JsonObject[] = []) => {
    const { maxSurge, maxUnavailable, ...rest } = groupOf(withFields(deployment, fields), others).rollout;
    return { surge: maxSurge, unavailable: maxUnavailable, rest };
  };
  const rolling = (maxSurge: unknown, maxUnavailable: unknown, replicas: number) =>
    rollout({ 'spec.replicas': replicas, 'spec.strategy': { rollingUpdate: { maxSurge, maxUnavailable } } });

  test.each([
    [1, 0, 4, 1, 0],
    ['25%', '25%', 4, 1, 1],
    ['25%', '25%', 5, 2, 1],
    ['25%', '25%', 1, 1, 0],
    ['0%', '10%', 4, 0, 1],
    [0, 9, 4, 0, 4],
  ])('surge %s and unavailable %s of %i machines', (maxSurge, maxUnavailable, replicas, surge, unavailable) => {
    expect(rolling(maxSurge, maxUnavailable, replicas)).toMatchObject({ surge, unavailable });
  });

  test('all at once, and a pod of its own', () => {
    expect(rollout({ 'spec.replicas': 3, 'spec.strategy': { type: 'Recreate' } })).toMatchObject({
      surge: 0,
      unavailable: 3,
    });
    expect(groupOf(pod).rollout).toMatchObject({ maxSurge: 0, maxUnavailable: 1 });
  });

  test('times are those of the Deployment, else the usual ones', () => {
    expect(rollout({ 'spec.minReadySeconds': 7, 'spec.progressDeadlineSeconds': 99 }).rest).toMatchObject({
      minReadySeconds: 7,
      deadlineSeconds: 99,
      graceSeconds: 30,
    });
    expect(groupOf(withFields(replicaSet, { 'spec.minReadySeconds': 3 })).rollout).toMatchObject({
      minReadySeconds: 3,
      deadlineSeconds: 600,
      maxSurge: 1,
    });
    expect(groupOf(withPod({ terminationGracePeriodSeconds: 5 })).rollout.graceSeconds).toBe(5);
  });

  test('a budget lets fewer be missing', () => {
    const budget = (spec: object): JsonObject => ({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web', namespace: 'default' },
      spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
    });
    const wide = { 'spec.replicas': 4, 'spec.strategy': { rollingUpdate: { maxSurge: 1, maxUnavailable: 3 } } };
    const one = rollout(wide, [budget({ maxUnavailable: 1 })]);
    expect([one.unavailable, one.rest.disruptionBudget]).toEqual([1, 1]);
    const two = rollout(wide, [budget({ minAvailable: '50%' })]);
    expect([two.unavailable, two.rest.disruptionBudget]).toEqual([2, 2]);
    expect(rollout(wide).rest).not.toHaveProperty('disruptionBudget');
  });
});

describe('runs that end', () => {
  test('have the deadline of the Job, else of its kind', () => {
    expect(groupOf(withFields(job, { 'spec.activeDeadlineSeconds': 120 })).rollout.deadlineSeconds).toBe(120);
    expect(groupOf(cronJob).rollout.deadlineSeconds).toBe(7 * 24 * 3600);
    expect(
      groupOf(withFields(cronJob, { 'spec.jobTemplate.spec.activeDeadlineSeconds': 60 })).rollout.deadlineSeconds,
    ).toBe(60);
    const once = withFields(pod, { 'spec.restartPolicy': 'Never', 'spec.activeDeadlineSeconds': 45 });
    expect(groupOf(once).rollout.deadlineSeconds).toBe(45);
  });

  test('a suspended Job has no machines', () => {
    expect(groupOf(withFields(job, { 'spec.completions': 3, 'spec.parallelism': 3 })).replicas.count).toBe(3);
    expect(groupOf(withFields(job, { 'spec.suspend': true })).replicas.count).toBe(0);
  });

  test('a CronJob has a schedule, and a Job none', () => {
    const { job: scheduled } = groupOf(withFields(cronJob, { 'spec.suspend': true, 'spec.timeZone': 'Europe/Berlin' }));
    expect(scheduled?.schedule).toMatchObject({
      origin: { path: ['spec', 'schedule'] },
      timeZone: 'Europe/Berlin',
      suspended: true,
    });
    expect(groupOf(cronJob).job?.schedule).toMatchObject({ suspended: false });
    expect(groupOf(job).job).not.toHaveProperty('schedule');
    expect(groupOf(deployment)).not.toHaveProperty('job');
  });
});

describe('the size', () => {
  const scaled = (minReplicas: number, maxReplicas: number, metrics: readonly object[]): JsonObject => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas,
      maxReplicas,
      metrics,
    },
  });
  const cpu = (target: object) => ({ type: 'Resource', resource: { name: 'cpu', target } });

  test('follows an autoscaler between its bounds', () => {
    const percent = cpu({ type: 'Utilization', averageUtilization: 60 });
    const group = groupOf(withFields(deployment, { 'spec.replicas': 9 }), [scaled(2, 5, [percent])]);
    expect(group.replicas).toMatchObject({ count: 2, origin: { path: [] } });
    expect(group.scaling).toMatchObject({
      maxMachines: 5,
      metrics: [{ name: 'cpu', unit: 'percent', target: 60, origin: { path: ['spec', 'metrics', 0] } }],
    });
    const fixed = groupOf(deployment, [scaled(3, 3, [percent])]);
    expect(fixed.replicas.count).toBe(3);
    expect(fixed).not.toHaveProperty('scaling');
  });

  test('is that of its object without one', () => {
    expect(groupOf(withFields(deployment, { 'spec.replicas': 4 })).replicas).toMatchObject({
      count: 4,
      origin: { path: ['spec', 'replicas'] },
    });
    expect(groupOf(deployment)).not.toHaveProperty('scaling');
  });
});
