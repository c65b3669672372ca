import { autoscalers } from '../../../src/2-check/rules/autoscalers.ts';
import { autoscaler, deployment, ingress, inPod, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const cpu = (target: object) => ({ 'spec.metrics': [{ type: 'Resource', resource: { name: 'cpu', target } }] });
const requests = (target: object, name = 'requests-per-second') => ({
  'spec.metrics': [
    { type: 'Object', object: { describedObject: { kind: 'Ingress', name: 'web' }, metric: { name }, target } },
  ],
});

it.each<[Record<string, unknown>, readonly string[]]>([
  [{}, []],
  [{ 'spec.minReplicas': 0 }, ['I2K338 spec.minReplicas']],
  [{ 'spec.maxReplicas': 0 }, ['I2K338 spec.maxReplicas']],
  [{ 'spec.minReplicas': 5 }, ['I2K338 spec.maxReplicas']],
  [{ 'spec.scaleTargetRef.kind': '' }, ['I2K338 spec.scaleTargetRef']],
  [{ 'spec.scaleTargetRef.apiVersion': 'v1' }, ['I2K338 spec.scaleTargetRef.apiVersion']],
  [{ 'spec.scaleTargetRef.kind': 'DaemonSet' }, ['I2K475 spec.scaleTargetRef.kind']],
  [{ 'spec.scaleTargetRef.name': 'api' }, ['I2K475 spec.scaleTargetRef.name']],
  [cpu({ type: 'Utilization', averageUtilization: 70 }), []],
  [cpu({ type: 'Utilization', averageUtilization: 0 }), ['I2K338 spec.metrics[0].resource.target.averageUtilization']],
  [cpu({ type: 'Share', averageUtilization: 70 }), ['I2K338 spec.metrics[0].resource.target.type']],
  [cpu({ type: 'AverageValue' }), ['I2K338 spec.metrics[0].resource.target']],
  [cpu({ type: 'AverageValue', averageValue: '0' }), ['I2K338 spec.metrics[0].resource.target.averageValue']],
  [{ 'spec.metrics': [{ type: 'Resource' }] }, ['I2K338 spec.metrics[0]']],
  [{ 'spec.metrics': [{ type: 'Weather' }] }, ['I2K338 spec.metrics[0].type']],
  [requests({ type: 'AverageValue', averageValue: '100' }), []],
  [
    {
      'spec.metrics': [70, 80].map((averageUtilization) => ({
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
      })),
    },
    ['I2K476 spec.metrics[1]'],
  ],
  [{ 'spec.scaleTargetRef.apiVersion': 'example.com/v1' }, ['I2K475 spec.scaleTargetRef.apiVersion']],
  [requests({ type: 'Value', averageValue: '100' }), ['I2K476 spec.metrics[0].object']],
  [requests({ type: 'Value', value: '100' }), ['I2K476 spec.metrics[0].object']],
  [requests({ type: 'AverageValue', averageValue: '100' }, 'queue-length'), ['I2K476 spec.metrics[0].object']],
  [
    { 'spec.behavior.scaleUp.stabilizationWindowSeconds': 4000 },
    ['I2K338 spec.behavior.scaleUp.stabilizationWindowSeconds'],
  ],
  [{ 'spec.behavior.scaleDown.selectPolicy': 'Any' }, ['I2K338 spec.behavior.scaleDown.selectPolicy']],
])('of %j', (changes, expected) =>
  expect(findingsOf(autoscalers, [deployment, ingress, withFields(autoscaler, changes)])).toEqual(expected),
);

it('of the workload', () => {
  expect(findingsOf(autoscalers, [withFields(deployment, { 'spec.replicas': 2 }), autoscaler])).toEqual([
    'I2K562 spec.replicas',
  ]);
  expect(
    findingsOf(autoscalers, [
      inPod({ volumes: [{ name: 'a', persistentVolumeClaim: { claimName: 'a' } }] }),
      autoscaler,
    ]),
  ).toEqual(['I2K475 spec.scaleTargetRef']);
  expect(
    findingsOf(autoscalers, [deployment, autoscaler, withFields(autoscaler, { 'metadata.name': 'zwei' })]),
  ).toEqual(['I2K475 spec.scaleTargetRef']);
});

it('of the requests that come in somewhere', () => {
  const measured = (describedObject: object, metric: object = { name: 'requests-per-second' }) =>
    withFields(autoscaler, {
      'spec.metrics': [
        { type: 'Object', object: { describedObject, metric, target: { type: 'AverageValue', averageValue: '9' } } },
      ],
    });
  const saying = (object: ReturnType<typeof measured>) => findingsOf(autoscalers, [deployment, ingress, object]);
  expect(saying(measured({ kind: 'Ingress', name: 'gone' }))).toEqual([
    'I2K476 spec.metrics[0].object.describedObject.name',
  ]);
  expect(saying(measured({ apiVersion: 'v1', kind: 'Ingress', name: 'web' }))).toEqual([
    'I2K476 spec.metrics[0].object',
  ]);
  expect(saying(measured({ kind: 'Pod', name: 'web' }))).toEqual(['I2K476 spec.metrics[0].object']);
  const selected = { name: 'requests-per-second', selector: { matchLabels: { a: 'b' } } };
  expect(saying(measured({ kind: 'Ingress', name: 'web' }, selected))).toEqual(['I2K476 spec.metrics[0].object']);
});
