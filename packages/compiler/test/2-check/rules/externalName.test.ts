// Rule externalName: a host's DNS name.
import { externalName } from '../../../src/2-check/rules/externalName.ts';
import { having, service } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const target = (name: unknown) => said(externalName, [having(service, { 'spec.type': 'ExternalName', 'spec.externalName': name })]);

it.each(['db.example.com', 'db.example.com.', 'localhost'])('takes %s', (name) => expect(target(name)).toEqual([]));
it.each(['10.0.0.1', 'fd00::1', 'a b', 'https://example.com', 'Example.com', ''])('refuses %j', (name) =>
  expect(target(name)).toEqual(['I2K328 spec.externalName']),
);
it('wants one', () => expect(target(undefined)).toEqual(['I2K328 spec']));
it('says nothing of other types', () => expect(said(externalName, [service])).toEqual([]));
