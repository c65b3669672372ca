// Rule ranges: numbers that have a least and a most.
import { numberRanges } from '../../../src/2-check/rules/numberRanges.ts';
import { deployment, inContainer, inPod, service, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

it.each(['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'])(
  'refuses a negative %s',
  (field) => {
    expect(findingsOf(numberRanges, [withFields(deployment, { [`spec.${field}`]: -1 })])).toEqual([
      `I2K318 spec.${field}`,
    ]);
  },
);

it.each([
  ['terminationGracePeriodSeconds', -1],
  ['securityContext.runAsUser', -1],
  ['securityContext.fsGroup', 2 ** 31],
  ['securityContext.supplementalGroups[0]', -5],
  ['volumes[0]', { name: 'a', configMap: { name: 'a', defaultMode: 0o1000 } }],
])('refuses %s %j of a pod', (path, value) =>
  expect(findingsOf(numberRanges, [inPod({ [path]: value })])).toHaveLength(1),
);

it.each(['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold'])(
  'refuses a negative %s',
  (field) => {
    expect(
      findingsOf(numberRanges, [inContainer({ readinessProbe: { exec: { command: ['x'] }, [field]: -1 } })]),
    ).toEqual([`I2K318 ~c.readinessProbe.${field}`]);
  },
);

it('knows the longest session', () => {
  const sticky = (timeoutSeconds: number) =>
    findingsOf(numberRanges, [
      withFields(service, {
        'spec.sessionAffinity': 'ClientIP',
        'spec.sessionAffinityConfig.clientIP.timeoutSeconds': timeoutSeconds,
      }),
    ]);
  expect([sticky(86400), sticky(86401)]).toEqual([[], ['I2K318 spec.sessionAffinityConfig.clientIP.timeoutSeconds']]);
});

it('takes zero where Kubernetes reads it as absent', () => {
  expect(
    findingsOf(numberRanges, [inContainer({ livenessProbe: { exec: { command: ['x'] }, periodSeconds: 0 } })]),
  ).toEqual([]);
  expect(findingsOf(numberRanges, [withFields(deployment, { 'spec.replicas': 0 })])).toEqual([]);
});
