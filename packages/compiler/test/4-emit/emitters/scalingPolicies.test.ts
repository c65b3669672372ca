// Properties of scaling policies: targets as percentages of requests, targets out of reach, and maxReplicas as the limit.
import { compile } from '../../../src/compile.ts';
import { deploymentYaml, type Loose, ofType, resourcesOf } from '../../helpers/templates.ts';

const metric = (name: string, target: string) =>
  `{ type: Resource, resource: { name: ${name}, target: { ${target} } } }`;
const percent = (value: number) => `type: Utilization, averageUtilization: ${value}`;
const amount = (value: string) => `type: AverageValue, averageValue: ${value}`;
const autoscaler = (metrics: readonly string[], replicas = 'minReplicas: 2, maxReplicas: 4') => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  ${replicas.replace(', ', '\n  ')}
  metrics: [${metrics.join(', ')}]
`;
const requesting = (resources: string) => deploymentYaml({ container: `resources: { ${resources} }` });
const targets = (yaml: string): readonly number[] =>
  ofType(resourcesOf(yaml), 'AutoScaling::ScalingPolicy').map(
    ({ Properties }) => Properties.TargetTrackingConfiguration.TargetValue,
  );
const warnings = (yaml: string) =>
  compile([{ name: 'input.yaml', text: yaml }], { app: 'shop', env: 'default', config: { region: 'eu-west-1' } })
    .diagnostics.filter(({ code }) => code === 'I2K579')
    .map(({ message }) => message);

// On a t3.nano with 2 vCPUs: sum(usage) * 100 / sum(requests) = target, as Kubernetes computes it.
it.each([
  ['cpu: 100m, memory: 64Mi', metric('cpu', percent(80)), 4],
  ['cpu: 250m, memory: 128Mi', metric('cpu', percent(80)), 10],
  ['cpu: 1500m, memory: 64Mi', metric('cpu', percent(120)), 90],
  ['cpu: 100m, memory: 64Mi', metric('cpu', amount('500m')), 25],
  ['cpu: 100m, memory: 64Mi', metric('memory', percent(70)), 70],
  ['cpu: 100m, memory: 64Mi', metric('memory', amount('32Mi')), 50],
])('a pod that requests %s scales on %s', (requests, written, target) => {
  const yaml = requesting(`requests: { ${requests} }`) + autoscaler([written]);
  expect(targets(yaml)).toEqual([target]);
  expect(warnings(yaml)).toEqual([]);
});

it.each([
  [
    'requests: { cpu: "2", memory: 64Mi }',
    metric('cpu', percent(150)),
    'the target is 3 cores, but a t3.nano ends at 2 cores',
  ],
  [
    'requests: { cpu: 100m, memory: 64Mi }, limits: { cpu: 100m }',
    metric('cpu', percent(101)),
    'the target is 0.101 cores, but the limits of Deployment/default/web end at 0.1 cores',
  ],
  [
    'requests: { cpu: 100m, memory: 64Mi }, limits: { memory: 128Mi }',
    metric('memory', percent(201)),
    'the target is 129 MiB, but the limits of Deployment/default/web end at 128 MiB',
  ],
  [
    'requests: { cpu: 100m, memory: 64Mi }',
    metric('memory', amount('1Gi')),
    'the target is 1024 MiB, but a t3.nano ends at 512 MiB',
  ],
  [
    'requests: { memory: 64Mi }',
    metric('cpu', percent(80)),
    'the target is a percentage of the cpu requests of Deployment/default/web, but it has none',
  ],
])('with %s, %s is out of reach', (resources, written, message) => {
  expect(warnings(requesting(resources) + autoscaler([written]))).toEqual([message]);
});

it('a limit above the target is within reach', () => {
  const resources = 'requests: { cpu: 100m, memory: 64Mi }, limits: { cpu: 200m, memory: 128Mi }';
  const metrics = [metric('cpu', percent(200)), metric('memory', percent(200))];
  expect(warnings(requesting(resources) + autoscaler(metrics))).toEqual([]);
});

describe('maxReplicas is never exceeded', () => {
  const small = requesting('requests: { cpu: 100m, memory: 64Mi }');
  const sized = (replicas: string): Loose => {
    const resources = resourcesOf(small + autoscaler([metric('cpu', percent(80))], replicas));
    const [{ Properties, UpdatePolicy }] = ofType(resources, 'AutoScaling::AutoScalingGroup');
    const { MinInstancesInService, MaxBatchSize } = UpdatePolicy.AutoScalingRollingUpdate;
    return {
      size: [Properties.MinSize, Properties.MaxSize, Properties.DesiredCapacity],
      rolling: [MinInstancesInService, MaxBatchSize],
      policies: ofType(resources, 'AutoScaling::ScalingPolicy').length,
    };
  };

  it.each([
    ['minReplicas: 2, maxReplicas: 4', { size: ['2', '4', undefined], rolling: [2, 1], policies: 1 }],
    ['minReplicas: 10, maxReplicas: 11', { size: ['10', '11', undefined], rolling: [8, 3], policies: 1 }],
    ['minReplicas: 1, maxReplicas: 2', { size: ['1', '2', undefined], rolling: [1, 1], policies: 1 }],
  ])('with %s', (replicas, expected) => expect(sized(replicas)).toEqual(expected));

  it('a fixed size has no policy, and room for a rollout as without an autoscaler', () => {
    expect(sized('minReplicas: 3, maxReplicas: 3')).toEqual({ size: ['3', '4', '3'], rolling: [3, 1], policies: 0 });
  });
});
