// Rule secrets: what the input lacks is warned of, once.
import { secrets } from '../../../src/2-check/rules/secrets.ts';
import { having, inContainer, inPod, secret } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const variable = (name: string, key: string, optional = false) => ({ name: 'A', valueFrom: { secretKeyRef: { name, key, optional } } });

it('warns of a Secret that is not there, once', () => {
  expect(said(secrets, [inContainer({ env: [variable('db', 'a'), variable('db', 'b')] })])).toEqual([
    'I2K521 ~c.env[0].valueFrom.secretKeyRef.name',
  ]);
  expect(said(secrets, [inPod({ volumes: [{ name: 'v', secret: { secretName: 'db' } }] })])).toEqual([
    'I2K521 ~p.volumes[0].secret.secretName',
  ]);
  expect(said(secrets, [inContainer({ env: [variable('db', 'a', true)] })])).toEqual([]);
  expect(said(secrets, [inContainer({ env: [variable('db', 'a')] })], ['Secret/default/db'])).toEqual([]);
});

it('warns of a key that is not there', () => {
  const db = having(secret, { 'metadata.name': 'db', stringData: { a: 'x' }, data: { b: 'eA==' } });
  expect(said(secrets, [db, inContainer({ env: [variable('db', 'a'), variable('db', 'b')] })])).toEqual([]);
  expect(said(secrets, [db, inContainer({ env: [variable('db', 'c')] })])).toEqual(['I2K522 ~c.env[0].valueFrom.secretKeyRef.key']);
});
