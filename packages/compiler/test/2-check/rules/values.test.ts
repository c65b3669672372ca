// Rule values: fields that have a fixed set of values.
import { values } from '../../../src/2-check/rules/values.ts';
import { claim, having, inContainer, inPod, service } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

it.each([
  ['imagePullPolicy', 'Sometimes'],
  ['terminationMessagePolicy', 'None'],
  ['ports[0].protocol', 'tcp'],
  ['livenessProbe', { httpGet: { path: '/', port: 80, scheme: 'http' } }],
  ['securityContext.seccompProfile.type', 'Default'],
])('refuses %s %j of a container', (path, value) => expect(said(values, [inContainer({ [path]: value })])).toHaveLength(1));

it.each([
  ['dnsPolicy', 'Cluster'],
  ['securityContext.fsGroupChangePolicy', 'Never'],
  ['securityContext.supplementalGroupsPolicy', 'Replace'],
])('refuses %s %s of a pod', (path, value) => expect(said(values, [inPod({ [path]: value })])).toEqual([`I2K319 ~p.${path}`]));

it('refuses those of Services and claims', () => {
  expect(said(values, [having(service, { 'spec.type': 'External' })])).toEqual(['I2K319 spec.type']);
  expect(said(values, [having(service, { 'spec.sessionAffinity': 'Cookie' })])).toEqual(['I2K319 spec.sessionAffinity']);
  expect(said(values, [having(claim, { 'spec.volumeMode': 'Raw' })])).toEqual(['I2K319 spec.volumeMode']);
});

it('takes what Kubernetes fills in', () => expect(said(values, [inPod({}), service, claim])).toEqual([]));
