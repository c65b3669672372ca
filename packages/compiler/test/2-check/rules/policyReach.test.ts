import { policyReach } from '../../../src/2-check/rules/policyReach.ts';
import { deployment, having, networkPolicy } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

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
  [{ 'spec.ingress[0].ports[0].protocol': 'SCTP' }, ['I2K433 spec.ingress[0].ports[0].protocol', 'I2K565 spec.podSelector']],
])('of %j', (changes, expected) => expect(said(policyReach, [deployment, having(networkPolicy, changes)])).toEqual(expected));

it('cannot hold back what a security group of the user may let out', () => {
  const config = { network: { securityGroup: 'sg-0123456789abcdef0' } };
  const policy = having(networkPolicy, { 'spec.policyTypes': ['Egress'], 'spec.egress': [] });
  expect(said(policyReach, [deployment, policy], [], { app: 'shop', env: 'default', config })).toEqual([
    'I2K478 spec.egress',
    'I2K567 spec.egress',
  ]);
});
