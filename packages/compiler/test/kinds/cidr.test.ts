// Blocks without others: exactly the addresses that are left.
import { isNetwork, isWithin, subtractBlocks } from '../../src/kinds/shared/cidr.ts';

it.each([
  ['10.0.0.0/8', [], ['10.0.0.0/8']],
  ['10.1.2.3/8', ['10.128.0.0/9'], ['10.0.0.0/9']],
  ['10.0.0.0/30', ['10.0.0.1/32'], ['10.0.0.0/32', '10.0.0.2/31']],
  ['192.168.0.0/16', ['192.168.0.0/17', '192.168.192.0/18'], ['192.168.128.0/18']],
  ['10.0.0.0/24', ['10.0.0.0/25', '10.0.0.128/25'], []],
])('%s without %j is %j', (cidr, except, left) => expect(subtractBlocks(cidr, except)).toEqual(left));

it('what is left and what is taken are all of it', () => {
  const size = (cidr: string) => 2 ** (32 - Number(cidr.split('/')[1]));
  const except = ['0.0.0.0/32', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '255.255.255.255/32'];
  const left = subtractBlocks('0.0.0.0/0', except);
  expect([...left, ...except].reduce((sum, cidr) => sum + size(cidr), 0)).toBe(2 ** 32);
  expect(left.some((block) => except.some((hole) => isWithin(hole, block) || isWithin(block, hole)))).toBe(false);
});

test.each([
  ['10.0.0.0/16', true],
  ['10.0.0.0/24', true],
  ['10.0.0.0/25', false],
  ['10.0.0.0/15', false],
  ['010.0.0.0/16', false],
  ['10.0.0/16', false],
  ['10.0.0.256/16', false],
  ['10.0.0.0/016', false],
  ['10.0.0.0', false],
  ['2001:db8::/16', false],
])('%s is a network between /16 and /24: %s', (text, expected) => {
  expect(isNetwork(text, 16, 24)).toBe(expected);
});
