// Rule secretTypes: keys that a type asks for.
import { secretTypes } from '../../../src/2-check/rules/secretTypes.ts';
import { secret, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

it.each([
  ['kubernetes.io/tls', 2],
  ['kubernetes.io/dockerconfigjson', 1],
  ['kubernetes.io/dockercfg', 1],
  ['kubernetes.io/ssh-auth', 1],
  ['kubernetes.io/basic-auth', 1],
  ['kubernetes.io/service-account-token', 1],
  ['Opaque', 0],
  ['example.com/mine', 0],
  ['constructor', 0],
])('%s lacks %i', (type, count) => expect(findingsOf(secretTypes, [withFields(secret, { type })])).toHaveLength(count));

it('is content with the keys', () => {
  const tls = withFields(secret, { type: 'kubernetes.io/tls', data: { 'tls.crt': '' }, stringData: { 'tls.key': '' } });
  expect(findingsOf(secretTypes, [tls])).toEqual([]);
});
