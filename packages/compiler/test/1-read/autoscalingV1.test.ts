// Conversion of autoscaling/v1, which Kubernetes still serves.
import { read } from '../../src/1-read/index.ts';
import { collector } from '../../src/collector.ts';

function readSpec(spec: object, annotations?: Readonly<Record<string, string>>) {
  const { report, diagnostics } = collector();
  const object = {
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', ...(annotations === undefined ? {} : { annotations }) },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 10, ...spec },
  };
  const manifests = read([{ name: 'a.json', text: JSON.stringify(object) }], {}, report);
  const [found] = manifests.of('HorizontalPodAutoscaler');
  return {
    object: found?.object,
    problems: diagnostics().map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`),
  };
}
const cpu = (averageUtilization: number) => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

it('a percentage of CPU becomes a metric', () => {
  const { object, problems } = readSpec({ minReplicas: 2, targetCPUUtilizationPercentage: 50 });
  expect(problems).toEqual([]);
  expect(object?.spec).toMatchObject({ minReplicas: 2, maxReplicas: 10, metrics: [cpu(50)] });
});

it('without a percentage the target is 80 %, with one machine at least', () => {
  expect(readSpec({}).object?.spec).toMatchObject({ minReplicas: 1, metrics: [cpu(80)] });
});

it('metrics and behavior in annotations count, and the percentage comes last', () => {
  const metrics = [
    { type: 'Resource', resource: { name: 'memory', targetAverageValue: '100Mi' } },
    { type: 'Pods', pods: { metricName: 'queue', targetAverageValue: '3' } },
    {
      type: 'Object',
      object: {
        target: { kind: 'Ingress', name: 'web' },
        metricName: 'requests-per-second',
        targetValue: '1',
        averageValue: '9',
      },
    },
  ];
  const { object, problems } = readSpec(
    { targetCPUUtilizationPercentage: 60 },
    {
      'autoscaling.alpha.kubernetes.io/metrics': JSON.stringify(metrics),
      'autoscaling.alpha.kubernetes.io/behavior': '{"scaleDown":{"stabilizationWindowSeconds":60}}',
      'autoscaling.alpha.kubernetes.io/current-metrics': '[]',
      team: 'shop',
    },
  );
  expect(problems).toEqual([]);
  expect(object?.metadata.annotations).toEqual({ team: 'shop' });
  expect(object?.spec.metrics).toEqual([
    { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '100Mi' } } },
    { type: 'Pods', pods: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '3' } } },
    {
      type: 'Object',
      object: {
        describedObject: { kind: 'Ingress', name: 'web' },
        metric: { name: 'requests-per-second' },
        target: { type: 'AverageValue', averageValue: '9' },
      },
    },
    cpu(60),
  ]);
  expect(object?.spec.behavior?.scaleDown?.stabilizationWindowSeconds).toBe(60);
});

it('fields of v2 are unknown to v1', () => {
  expect(readSpec({ metrics: [cpu(50)] }).problems).toEqual([
    'I2K201 spec.metrics: spec of autoscaling/v1 has no field "metrics"',
  ]);
  expect(readSpec({ targetCPUUtilisationPercentage: 50 }).problems).toEqual([
    expect.stringContaining('I2K201 spec.targetCPUUtilisationPercentage'),
  ]);
});

it('a value of the wrong type is reported', () => {
  expect(readSpec({ targetCPUUtilizationPercentage: 'half' }).problems).toEqual([expect.stringContaining('I2K202')]);
});
