// Rules networkPolicies and policyDifferences.

import { networkPolicies, policyDifferences } from '../../../src/2-check/rules/networkPolicies.ts';
import { deployment, networkPolicy, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const PEER = 'spec.ingress[0].from[0]';
const block = (cidr: string, except: readonly string[] = []) => ({ [PEER]: { ipBlock: { cidr, except } } });

it.each<[Record<string, unknown>, readonly string[]]>([
  [{}, []],
  [{ 'spec.policyTypes': ['Both'] }, ['I2K340 spec.policyTypes[0]']],
  [{ 'spec.ingress[0].ports[0].port': 0 }, ['I2K340 spec.ingress[0].ports[0].port']],
  [{ 'spec.ingress[0].ports[0].endPort': 79 }, ['I2K340 spec.ingress[0].ports[0].endPort']],
  [{ 'spec.ingress[0].ports[0].endPort': 90 }, []],
  [{ 'spec.ingress[0].ports[0]': { port: 'http', endPort: 90 } }, ['I2K340 spec.ingress[0].ports[0].endPort']],
  [{ 'spec.ingress[0].ports[0].protocol': 'ICMP' }, ['I2K340 spec.ingress[0].ports[0].protocol']],
  [{ [PEER]: {} }, [`I2K340 ${PEER}`]],
  [block('10.0.0.0/8', ['10.1.0.0/16']), []],
  [block('10.0.0.0/8', ['11.0.0.0/16']), [`I2K340 ${PEER}.ipBlock.except[0]`]],
  [block('10.0.0.0/8', ['10.0.0.0/8']), [`I2K340 ${PEER}.ipBlock.except[0]`]],
  [block('10.0.0.0'), [`I2K340 ${PEER}.ipBlock.cidr`]],
  [{ [`${PEER}.ipBlock`]: { cidr: '10.0.0.0/8' } }, [`I2K340 ${PEER}`]],
  [
    { [`${PEER}.podSelector.matchExpressions`]: [{ key: 'a', operator: 'Is' }] },
    [`I2K314 ${PEER}.podSelector.matchExpressions[0]`],
  ],
])('of %j', (changes, expected) =>
  expect(findingsOf(networkPolicies, [withFields(networkPolicy, changes)])).toEqual(expected),
);

it.each<[Record<string, unknown>, readonly string[]]>([
  [{}, ['I2K565 spec.podSelector']],
  [{ 'spec.podSelector.matchLabels': { app: 'api' } }, ['I2K566 spec.podSelector']],
  [{ 'spec.policyTypes': ['Ingress', 'Egress'] }, ['I2K565 spec.podSelector', 'I2K567 spec.policyTypes']],
  [{ 'spec.egress': [{}] }, ['I2K565 spec.podSelector']],
  [{ 'spec.egress': [{ ports: [{ port: 53 }] }] }, ['I2K565 spec.podSelector', 'I2K567 spec.egress']],
  [{ 'spec.policyTypes': ['Egress'], 'spec.egress': [{ to: [{ podSelector: {} }] }] }, ['I2K567 spec.egress']],
  [
    { 'spec.egress': [{ to: [{ ipBlock: { cidr: '2001:db8::/32' } }], ports: [{ port: 1, protocol: 'SCTP' }] }] },
    [
      'I2K432 spec.egress[0].to[0].ipBlock.cidr',
      'I2K433 spec.egress[0].ports[0].protocol',
      'I2K565 spec.podSelector',
      'I2K567 spec.egress',
    ],
  ],
  [
    { 'spec.ingress[0].ports[0].protocol': 'SCTP' },
    ['I2K433 spec.ingress[0].ports[0].protocol', 'I2K565 spec.podSelector'],
  ],
])('of %j', (changes, expected) =>
  expect(findingsOf(policyDifferences, [deployment, withFields(networkPolicy, changes)])).toEqual(expected),
);

it('cannot hold back what a security group of the user may let out', () => {
  const config = { network: { securityGroup: 'sg-0123456789abcdef0' } };
  const policy = withFields(networkPolicy, { 'spec.policyTypes': ['Egress'], 'spec.egress': [] });
  expect(findingsOf(policyDifferences, [deployment, policy], [], { app: 'shop', env: 'default', config })).toEqual([
    'I2K478 spec.egress',
    'I2K567 spec.egress',
  ]);
});
