// Rule downward: what a pod may ask about itself.
import { downwardApi } from '../../../src/2-check/rules/downwardApi.ts';
import { inContainer, inPod } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const field = (fieldPath: string) =>
  findingsOf(downwardApi, [inContainer({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath } } }] })]);
const resource = (resourceFieldRef: object, limits: object = { cpu: '1', memory: '1Gi' }) =>
  findingsOf(downwardApi, [
    inContainer({ resources: { limits }, env: [{ name: 'A', valueFrom: { resourceFieldRef } }] }),
  ]);
const file = (item: object) =>
  findingsOf(downwardApi, [inPod({ volumes: [{ name: 'v', downwardAPI: { items: [{ path: 'p', ...item }] } }] })]);

it.each([
  'metadata.name',
  'metadata.uid',
  'spec.nodeName',
  'status.podIPs',
  "metadata.labels['a/b']",
  "metadata.annotations['a']",
])('takes %s', (path) => {
  expect(field(path)).toEqual([]);
});

it.each(['status.phase', 'metadata.labels', 'metadata.generateName', 'spec.containers[0].image', ''])(
  'refuses %j',
  (path) => {
    expect(field(path)).toEqual(['I2K424 ~c.env[0].valueFrom.fieldRef.fieldPath']);
  },
);

it('knows containers, resources and divisors', () => {
  expect(resource({ resource: 'limits.cpu', divisor: '1m' })).toEqual([]);
  expect(resource({ resource: 'requests.memory', divisor: '1024Ki', containerName: 'web' })).toEqual([]);
  expect(resource({ resource: 'limits.gpu' })).toEqual(['I2K424 ~c.env[0].valueFrom.resourceFieldRef.resource']);
  expect(resource({ resource: 'limits.cpu', divisor: '1k' })).toEqual([
    'I2K424 ~c.env[0].valueFrom.resourceFieldRef.divisor',
  ]);
  expect(resource({ resource: 'limits.cpu', containerName: 'x' })).toEqual([
    'I2K332 ~c.env[0].valueFrom.resourceFieldRef.containerName',
  ]);
});

it('cannot tell a limit that is not given', () => {
  expect(resource({ resource: 'limits.cpu' }, {})).toEqual(['I2K424 ~c.env[0].valueFrom.resourceFieldRef.resource']);
  expect(resource({ resource: 'requests.cpu' }, {})).toEqual([]);
});

it('reads files, too', () => {
  expect(file({ fieldRef: { fieldPath: 'metadata.labels' } })).toEqual([]);
  expect(file({ fieldRef: { fieldPath: 'status.podIP' } })).toEqual([
    'I2K424 ~p.volumes[0].downwardAPI.items[0].fieldRef.fieldPath',
  ]);
  expect(file({ resourceFieldRef: { resource: 'limits.cpu' } })).toEqual([
    'I2K332 ~p.volumes[0].downwardAPI.items[0].resourceFieldRef',
  ]);
  expect(file({})).toEqual(['I2K332 ~p.volumes[0].downwardAPI.items[0]']);
});
