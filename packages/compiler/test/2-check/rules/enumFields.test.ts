// Rule values: fields that have a fixed set of values.
import { enumFields } from '../../../src/2-check/rules/enumFields.ts';
import { claim, inContainer, inPod, service, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

it.each([
  ['imagePullPolicy', 'Sometimes'],
  ['terminationMessagePolicy', 'None'],
  ['ports[0].protocol', 'tcp'],
  ['livenessProbe', { httpGet: { path: '/', port: 80, scheme: 'http' } }],
  ['securityContext.seccompProfile.type', 'Default'],
])('refuses %s %j of a container', (path, value) =>
  expect(findingsOf(enumFields, [inContainer({ [path]: value })])).toHaveLength(1),
);

it.each([
  ['dnsPolicy', 'Cluster'],
  ['securityContext.fsGroupChangePolicy', 'Never'],
  ['securityContext.supplementalGroupsPolicy', 'Replace'],
])('refuses %s %s of a pod', (path, value) =>
  expect(findingsOf(enumFields, [inPod({ [path]: value })])).toEqual([`I2K319 ~p.${path}`]),
);

it('refuses those of Services and claims', () => {
  expect(findingsOf(enumFields, [withFields(service, { 'spec.type': 'External' })])).toEqual(['I2K319 spec.type']);
  expect(findingsOf(enumFields, [withFields(service, { 'spec.sessionAffinity': 'Cookie' })])).toEqual([
    'I2K319 spec.sessionAffinity',
  ]);
  expect(findingsOf(enumFields, [withFields(claim, { 'spec.volumeMode': 'Raw' })])).toEqual(['I2K319 spec.volumeMode']);
});

it('takes what Kubernetes fills in', () => expect(findingsOf(enumFields, [inPod({}), service, claim])).toEqual([]));
