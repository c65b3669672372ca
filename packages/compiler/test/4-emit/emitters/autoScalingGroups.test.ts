// Properties of Auto Scaling groups: bounds, rolling updates, disruption budgets and lifecycle hooks.
import { deploymentYaml, type Loose, ofType, resourcesOf } from '../../helpers/templates.ts';

const groupOf = (yaml: string): Loose => ofType(resourcesOf(yaml), 'AutoScaling::AutoScalingGroup')[0];
const rolling = (maxSurge: string, maxUnavailable: string) =>
  `strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: ${maxSurge}, maxUnavailable: ${maxUnavailable} } }`;
const budget = (line: string) => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, ${line} }
`;

// Expected values of Kubernetes' ResolveFenceposts: maxSurge rounds up, maxUnavailable rounds down, never both 0.
it.each([
  [10, rolling('25%', '25%'), { least: 8, batch: 5, most: '13' }],
  [1, rolling('25%', '25%'), { least: 1, batch: 1, most: '2' }],
  [3, rolling('34%', '0'), { least: 3, batch: 2, most: '5' }],
  [4, rolling('0', '50%'), { least: 2, batch: 2, most: '4' }],
  [3, rolling('0', '10%'), { least: 2, batch: 1, most: '3' }],
  [5, rolling('2', '1'), { least: 4, batch: 3, most: '7' }],
  [3, 'strategy: { type: Recreate }', { least: 0, batch: 3, most: '3' }],
])('%d replicas with %s', (replicas, strategy, { least, batch, most }) => {
  const { Properties, UpdatePolicy } = groupOf(deploymentYaml({ spec: `replicas: ${replicas}\n${strategy}` }));
  expect(UpdatePolicy.AutoScalingRollingUpdate).toMatchObject({
    MinInstancesInService: least,
    MaxBatchSize: batch,
    MinSuccessfulInstancesPercent: 100,
    WaitOnResourceSignals: true,
  });
  expect(Properties).toMatchObject({ MinSize: String(replicas), MaxSize: most, DesiredCapacity: String(replicas) });
});

it('suspends processes that start or terminate machines while it rolls', () => {
  expect(groupOf(deploymentYaml()).UpdatePolicy.AutoScalingRollingUpdate.SuspendProcesses).toEqual(
    expect.arrayContaining(['AlarmNotification', 'AZRebalance', 'ReplaceUnhealthy', 'ScheduledActions']),
  );
});

// Percentages of disruption budgets round up, whichever bound they set.
it.each([
  ['maxUnavailable: 15%', { inService: 8, healthy: 80 }],
  ['maxUnavailable: 5%', { inService: 9, healthy: 90 }],
  ['minAvailable: 75%', { inService: 8, healthy: 80 }],
  ['minAvailable: 81%', { inService: 9, healthy: 90 }],
  ['minAvailable: 9', { inService: 9, healthy: 90 }],
])('of 10 machines a budget of %s keeps enough', (line, { inService, healthy }) => {
  const { Properties, UpdatePolicy } = groupOf(
    deploymentYaml({ spec: `replicas: 10\n${rolling('25%', '25%')}` }) + budget(line),
  );
  expect(UpdatePolicy.AutoScalingRollingUpdate.MinInstancesInService).toBe(inService);
  expect(Properties.InstanceMaintenancePolicy).toEqual({
    MinHealthyPercentage: healthy,
    MaxHealthyPercentage: Math.min(200, healthy + 100),
  });
});

it.each([
  [0, 60],
  [30, 90],
  [600, 660],
  [7200, 7200],
])('a grace period of %d s has a heartbeat of %d s', (grace, heartbeat) => {
  const [hook] = groupOf(deploymentYaml({ pod: `terminationGracePeriodSeconds: ${grace}` })).Properties
    .LifecycleHookSpecificationList;
  expect(hook).toEqual({
    LifecycleHookName: 'drain',
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    HeartbeatTimeout: heartbeat,
    DefaultResult: 'CONTINUE',
  });
});

const statefulSet = (spec: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  replicas: 2
  serviceName: db
  ${spec}
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: "postgres:17" }] }
`;

it('ordinals of a StatefulSet begin where it says', () => {
  const groups = Object.keys(resourcesOf(statefulSet('ordinals: { start: 5 }'))).filter((id) => id.endsWith('Group'));
  expect(groups).toEqual(['DbOfStatefulSet5Group', 'DbOfStatefulSet6Group']);
});

it('machines of a StatefulSet start one after the other, and end before their replacements start', () => {
  const resources = resourcesOf(statefulSet(''));
  const [first, second] = [resources['DbOfStatefulSet0Group'], resources['DbOfStatefulSet1Group']];
  expect(first.DependsOn ?? []).not.toContain('DbOfStatefulSet1Group');
  expect(second.DependsOn).toContain('DbOfStatefulSet0Group');
  for (const { Properties, UpdatePolicy } of [first, second]) {
    expect(Properties).toMatchObject({ MinSize: '0', MaxSize: '1', DesiredCapacity: '1' });
    expect(UpdatePolicy.AutoScalingRollingUpdate).toMatchObject({ MinInstancesInService: 0, MaxBatchSize: 1 });
  }
});
