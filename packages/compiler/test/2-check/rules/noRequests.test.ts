// Rule noRequests: something says how large the machine must be.
import { noRequests } from '../../../src/2-check/rules/noRequests.ts';
import { changed, deployment, having, inContainer } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const bare = inContainer({ resources: undefined });

it('warns where nothing does', () => expect(said(noRequests, [bare])).toEqual(['I2K512 ~p.containers']));

it('is content with a request, a limit, or a chosen type', () => {
  expect(said(noRequests, [deployment])).toEqual([]);
  expect(said(noRequests, [inContainer({ resources: { limits: { memory: '1Gi' } } })])).toEqual([]);
  expect(said(noRequests, [changed(bare, ['metadata', 'annotations', 'i2kit.dev/instance-type'], 't3.small')])).toEqual([]);
  expect(
    said(noRequests, [having(bare, { 'spec.template.spec.nodeSelector': { 'node.kubernetes.io/instance-type': 't3.small' } })]),
  ).toEqual([]);
});
