// Rule nodeSelection: by system, architecture, type and zone.
import { nodeSelection } from '../../../src/2-check/rules/nodeSelection.ts';
import { inPod } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const selector = (nodeSelector: object) => said(nodeSelection, [inPod({ nodeSelector })]);
const TERMS = 'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
const terms = (...all: readonly object[]) => said(nodeSelection, [inPod({ [TERMS]: all })]);
const term = (key: string, operator: string, values?: readonly string[]) => ({
  matchExpressions: [{ key, operator, ...(values && { values }) }],
});

it.each([
  { 'kubernetes.io/os': 'linux' },
  { 'beta.kubernetes.io/os': 'linux' },
  { 'kubernetes.io/arch': 'arm64' },
  { 'node.kubernetes.io/instance-type': 'm7g.large' },
  { 'topology.kubernetes.io/zone': 'eu-west-1a', 'failure-domain.beta.kubernetes.io/zone': 'eu-west-1a' },
])('takes %j', (one) => expect(selector(one)).toEqual([]));

it.each([
  [{ disktype: 'ssd' }, 'I2K411'],
  [{ 'kubernetes.io/hostname': 'node-1' }, 'I2K411'],
  [{ 'kubernetes.io/arch': 's390x' }, 'I2K411'],
  [{ 'kubernetes.io/os': 'windows' }, 'I2K407'],
  [{ constructor: 'x' }, 'I2K411'],
])('refuses %j', (one, code) => expect(selector(one)).toEqual([expect.stringContaining(code)]));

it('takes one term of known labels', () => {
  expect(terms(term('kubernetes.io/arch', 'In', ['arm64', 's390x']))).toEqual([]);
  expect(terms(term('kubernetes.io/arch', 'Exists'))).toEqual([]);
});

it('refuses others', () => {
  expect(terms(term('kubernetes.io/arch', 'NotIn', ['arm64']))).toEqual([`I2K411 ~p.${TERMS}[0].matchExpressions[0].operator`]);
  expect(terms(term('gpu', 'Exists'))).toEqual([`I2K411 ~p.${TERMS}[0].matchExpressions[0].operator`]);
  expect(terms(term('gpu', 'In', ['a']))).toEqual([`I2K411 ~p.${TERMS}[0].matchExpressions[0].key`]);
  expect(terms(term('kubernetes.io/arch', 'In'))).toEqual([`I2K325 ~p.${TERMS}[0].matchExpressions[0]`]);
  expect(terms(term('kubernetes.io/arch', 'Like'))).toEqual([`I2K325 ~p.${TERMS}[0].matchExpressions[0].operator`]);
  expect(terms({}, {})).toEqual([`I2K411 ~p.${TERMS}[1]`]);
  expect(terms()).toEqual([`I2K325 ~p.${TERMS}`]);
});
