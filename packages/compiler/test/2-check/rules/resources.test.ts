// Rules resources and missingRequests.

import { missingRequests, resources } from '../../../src/2-check/rules/resources.ts';
import { deployment, inContainer, withFields, withValueAt } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

// Rule resources: quantities that fit, of what machines have.

const asks = (one: object) => findingsOf(resources, [inContainer({ resources: one })]);

it('takes what fits', () => {
  expect(
    asks({
      requests: { cpu: '0.5', memory: '1Gi' },
      limits: { cpu: '500m', memory: '1073741824', 'ephemeral-storage': '1Gi' },
    }),
  ).toEqual([]);
  expect(asks({ limits: { 'nvidia.com/gpu': 1 } })).toEqual([]);
});

it.each([
  [{ requests: { cpu: '501m' }, limits: { cpu: '0.5' } }, 'I2K321 ~c.resources.requests.cpu'],
  [{ requests: { memory: '1Gi' }, limits: { memory: '1G' } }, 'I2K321 ~c.resources.requests.memory'],
  [{ limits: { memory: '128m' } }, 'I2K436 ~c.resources.limits.memory'],
  [{ requests: { memory: '512' } }, 'I2K436 ~c.resources.requests.memory'],
  [{ requests: { cpu: '-1' } }, 'I2K321 ~c.resources.requests.cpu'],
  [{ limits: { 'example.com/fpga': 1 } }, 'I2K421 ~c.resources.limits["example.com/fpga"]'],
  [{ limits: { 'hugepages-2Mi': '2Mi' } }, 'I2K421 ~c.resources.limits["hugepages-2Mi"]'],
  [{ requests: { 'nvidia.com/gpu': 1 } }, 'I2K321 ~c.resources.requests["nvidia.com/gpu"]'],
  [{ limits: { 'nvidia.com/gpu': '500m' } }, 'I2K321 ~c.resources.limits["nvidia.com/gpu"]'],
  [
    { limits: { 'nvidia.com/gpu': 2 }, requests: { 'nvidia.com/gpu': 1 } },
    'I2K321 ~c.resources.requests["nvidia.com/gpu"]',
  ],
])('refuses %j', (one, text) => expect(asks(one)).toContain(text));

// Rule noRequests: something says how large the machine must be.

const bare = inContainer({ resources: undefined });

it('warns where nothing does', () => expect(findingsOf(missingRequests, [bare])).toEqual(['I2K512 ~p.containers']));

it('is content with a request, a limit, or a chosen type', () => {
  expect(findingsOf(missingRequests, [deployment])).toEqual([]);
  expect(findingsOf(missingRequests, [inContainer({ resources: { limits: { memory: '1Gi' } } })])).toEqual([]);
  expect(
    findingsOf(missingRequests, [
      withValueAt(bare, ['metadata', 'annotations', 'i2kit.dev/instance-type'], 't3.small'),
    ]),
  ).toEqual([]);
  expect(
    findingsOf(missingRequests, [
      withFields(bare, { 'spec.template.spec.nodeSelector': { 'node.kubernetes.io/instance-type': 't3.small' } }),
    ]),
  ).toEqual([]);
});
