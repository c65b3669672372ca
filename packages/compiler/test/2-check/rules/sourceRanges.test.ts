// Rule sourceRanges: CIDR blocks of IPv4.
import { sourceRanges } from '../../../src/2-check/rules/sourceRanges.ts';
import { having, service } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const range = (one: string) =>
  said(sourceRanges, [having(service, { 'spec.type': 'LoadBalancer', 'spec.loadBalancerSourceRanges': [one] })]);

it.each(['203.0.113.0/24', '0.0.0.0/0', '10.0.0.1/32'])('takes %s', (one) => expect(range(one)).toEqual([]));
it.each(['203.0.113.0', '10.0.0.0/33', '256.0.0.0/8', '10.0.0/8', '010.0.0.0/8', '10.0.0.0/08', 'x', ''])('refuses %j', (one) => {
  expect(range(one)).toEqual(['I2K329 spec.loadBalancerSourceRanges[0]']);
});
it.each(['::/0', '2001:db8::/32'])('has no IPv6: %s', (one) => expect(range(one)).toEqual(['I2K432 spec.loadBalancerSourceRanges[0]']));
