import { policyReach } from '../../../src/2-check/rules/policyReach.ts';
import { deployment, having, networkPolicy } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

it.each<[Record<string, unknown>, readonly string[]]>([
  [{}, ['I2K565 spec.podSelector']],
  [{ 'spec.podSelector.matchLabels': { app: 'api' } }, ['I2K566 spec.podSelector']],
  [{ 'spec.policyTypes': ['Ingress', 'Egress'] }, ['I2K478 spec.policyTypes', 'I2K565 spec.podSelector']],
  [{ 'spec.egress': [{}] }, ['I2K565 spec.podSelector']],
  [{ 'spec.egress': [{ ports: [{ port: 53 }] }] }, ['I2K478 spec.egress', 'I2K565 spec.podSelector']],
  [{ 'spec.ingress[0].ports[0].protocol': 'SCTP' }, ['I2K433 spec.ingress[0].ports[0].protocol', 'I2K565 spec.podSelector']],
])('of %j', (changes, expected) => expect(said(policyReach, [deployment, having(networkPolicy, changes)])).toEqual(expected));
