// Rule duplicates: one object of a kind has a name in a namespace.
import { duplicates } from '../../../src/2-check/rules/duplicates.ts';
import { configMap, having, secret } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

it('refuses the second one', () => expect(said(duplicates, [configMap, configMap])).toEqual(['I2K304 metadata.name']));

it('allows one name in two kinds, and in two namespaces', () => {
  expect(said(duplicates, [configMap, secret, having(configMap, { 'metadata.namespace': 'other' })])).toEqual([]);
});
