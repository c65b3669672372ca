// Rules nodeSelection, podSelectors, topologySpread and tolerations.

import {
  nodeSelection,
  podSelectors,
  tolerations,
  topologySpread,
  zonesOfRegion,
} from '../../../src/2-check/rules/scheduling.ts';
import { inPod } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

// Rule nodeSelection: by system, architecture, type and zone.

const withNodeSelector = (nodeSelector: object) => findingsOf(nodeSelection, [inPod({ nodeSelector })]);
const TERMS = 'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
const terms = (...all: readonly object[]) => findingsOf(nodeSelection, [inPod({ [TERMS]: all })]);
const term = (key: string, operator: string, values?: readonly string[]) => ({
  matchExpressions: [{ key, operator, ...(values && { values }) }],
});

it.each([
  { 'kubernetes.io/os': 'linux' },
  { 'beta.kubernetes.io/os': 'linux' },
  { 'kubernetes.io/arch': 'arm64' },
  { 'node.kubernetes.io/instance-type': 'm7g.large' },
  { 'topology.kubernetes.io/zone': 'eu-west-1a', 'failure-domain.beta.kubernetes.io/zone': 'eu-west-1a' },
])('takes %j', (one) => expect(withNodeSelector(one)).toEqual([]));

it.each([
  [{ disktype: 'ssd' }, 'I2K411'],
  [{ 'kubernetes.io/hostname': 'node-1' }, 'I2K411'],
  [{ 'kubernetes.io/arch': 's390x' }, 'I2K411'],
  [{ 'kubernetes.io/os': 'windows' }, 'I2K407'],
  [{ constructor: 'x' }, 'I2K411'],
])('refuses %j', (one, code) => expect(withNodeSelector(one)).toEqual([expect.stringContaining(code)]));

it('takes one term of known labels', () => {
  expect(terms(term('kubernetes.io/arch', 'In', ['arm64', 's390x']))).toEqual([]);
  expect(terms(term('kubernetes.io/arch', 'Exists'))).toEqual([]);
});

it('refuses others', () => {
  expect(terms(term('kubernetes.io/arch', 'NotIn', ['arm64']))).toEqual([
    `I2K411 ~p.${TERMS}[0].matchExpressions[0].operator`,
  ]);
  expect(terms(term('gpu', 'Exists'))).toEqual([`I2K411 ~p.${TERMS}[0].matchExpressions[0].operator`]);
  expect(terms(term('gpu', 'In', ['a']))).toEqual([`I2K411 ~p.${TERMS}[0].matchExpressions[0].key`]);
  expect(terms(term('kubernetes.io/arch', 'In'))).toEqual([`I2K325 ~p.${TERMS}[0].matchExpressions[0]`]);
  expect(terms(term('kubernetes.io/arch', 'Like'))).toEqual([`I2K325 ~p.${TERMS}[0].matchExpressions[0].operator`]);
  expect(terms({}, {})).toEqual([`I2K411 ~p.${TERMS}[1]`]);
  expect(terms()).toEqual([`I2K325 ~p.${TERMS}`]);
});

it('refuses requirements that no machine meets', () => {
  const both = (first: string, second: string) =>
    terms({
      matchExpressions: [first, second].map((value) => ({
        key: 'kubernetes.io/arch',
        operator: 'In',
        values: [value],
      })),
    });
  expect(both('arm64', 'arm64')).toEqual([]);
  expect(both('arm64', 'amd64')).toEqual(['I2K411 ~p.affinity']);
});

// Rule zonesOfRegion: zones of the region that is compiled for.

it.each<[string | undefined, readonly string[]]>([
  ['eu-west-1', ['I2K657 ~p.nodeSelector']],
  ['us-east-1', []],
  [undefined, []],
])('in the region %s', (region, expected) => {
  const zoned = inPod({ nodeSelector: { 'topology.kubernetes.io/zone': 'us-east-1a' } });
  const options = { app: 'a', env: 'e', config: region === undefined ? {} : { region } };
  expect(findingsOf(zonesOfRegion, [zoned], [], options)).toEqual(expected);
});

// Rule podSelectors: label selectors inside of a pod.

const apart = (term: object) =>
  findingsOf(podSelectors, [
    inPod({
      'affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution': [
        { topologyKey: 'kubernetes.io/hostname', ...term },
      ],
    }),
  ]);
const AT = '~p.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]';

it('takes selectors', () =>
  expect(
    apart({
      labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
      matchLabelKeys: ['a'],
    }),
  ).toEqual([]));

it('refuses those that cannot be read', () => {
  expect(apart({ labelSelector: { matchLabels: { app: 'a b' } } })).toEqual([
    `I2K314 ${AT}.labelSelector.matchLabels.app`,
  ]);
  expect(apart({ namespaceSelector: { matchExpressions: [{ key: 'app', operator: 'Is' }] } })).toEqual([
    `I2K314 ${AT}.namespaceSelector.matchExpressions[0]`,
  ]);
  expect(apart({ matchLabelKeys: ['a b'] })).toEqual([`I2K314 ${AT}.matchLabelKeys[0]`]);
});

// Rule spread: strict spreads over zones.

const constraint = (topologyKey: string, whenUnsatisfiable: string) =>
  findingsOf(topologySpread, [inPod({ topologySpreadConstraints: [{ maxSkew: 1, topologyKey, whenUnsatisfiable }] })]);

it('warns of strict ones over zones', () => {
  expect(constraint('topology.kubernetes.io/zone', 'DoNotSchedule')).toEqual([
    'I2K507 ~p.topologySpreadConstraints[0].whenUnsatisfiable',
  ]);
});

it('says nothing of what is so', () => {
  expect(constraint('topology.kubernetes.io/zone', 'ScheduleAnyway')).toEqual([]);
  expect(constraint('kubernetes.io/hostname', 'DoNotSchedule')).toEqual([]);
});

// Rule tolerations: they make sense.

const toleration = (one: object) => findingsOf(tolerations, [inPod({ tolerations: [one] })]);

it.each([
  { operator: 'Exists' },
  { key: 'a', value: 'b', effect: 'NoSchedule' },
  { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 },
])('takes %j', (one) => {
  expect(toleration(one)).toEqual([]);
});

it.each([
  {},
  { key: 'a b', operator: 'Exists' },
  { key: 'a', operator: 'Is' },
  { key: 'a', operator: 'Exists', value: 'b' },
  { key: 'a', value: 'a b' },
  { key: 'a', effect: 'Never' },
  { key: 'a', tolerationSeconds: 5 },
])('refuses %j', (one) => expect(toleration(one)).toEqual(['I2K325 ~p.tolerations[0]']));
