import { networkPolicies } from '../../../src/2-check/rules/networkPolicies.ts';
import { having, networkPolicy } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

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
  [{ [`${PEER}.podSelector.matchExpressions`]: [{ key: 'a', operator: 'Is' }] }, [`I2K314 ${PEER}.podSelector.matchExpressions[0]`]],
])('of %j', (changes, expected) => expect(said(networkPolicies, [having(networkPolicy, changes)])).toEqual(expected));
