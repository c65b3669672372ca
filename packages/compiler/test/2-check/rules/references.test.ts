// Rules referenceNames, referencedConfigMaps, referencedSecrets and referencedServiceAccounts.

import {
  referencedConfigMaps,
  referencedSecrets,
  referencedServiceAccounts,
  referenceNames,
} from '../../../src/2-check/rules/references.ts';
import {
  configMap,
  deployment,
  inContainer,
  inPod,
  secret,
  serviceAccount,
  withFields,
} from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

// Rule references: a reference names something.

it('refuses references without a name', () => {
  expect(findingsOf(referenceNames, [inContainer({ envFrom: [{ configMapRef: {} }] })])).toEqual([
    'I2K332 ~c.envFrom[0].configMapRef',
  ]);
  expect(
    findingsOf(referenceNames, [inContainer({ env: [{ name: 'A', valueFrom: { secretKeyRef: { key: 'k' } } }] })]),
  ).toEqual(['I2K332 ~c.env[0].valueFrom.secretKeyRef']);
  expect(
    findingsOf(referenceNames, [
      inPod({
        volumes: [
          { name: 'a', secret: {} },
          { name: 'b', configMap: { name: '' } },
        ],
      }),
    ]),
  ).toEqual(['I2K332 ~p.volumes[0].secret', 'I2K332 ~p.volumes[1].configMap.name']);
});

it('takes those with one', () =>
  expect(findingsOf(referenceNames, [inPod({ volumes: [{ name: 'a', secret: { secretName: 's' } }] })])).toEqual([]));

// Rule configMaps: what a pod refers to is there.

const key = (name: string, of: string, optional?: boolean) =>
  inContainer({
    env: [
      { name: 'A', valueFrom: { configMapKeyRef: { name, key: of, ...(optional !== undefined && { optional }) } } },
    ],
  });

it('takes what is there, or may be missing', () => {
  expect(findingsOf(referencedConfigMaps, [configMap, key('web', 'app.conf')])).toEqual([]);
  expect(findingsOf(referencedConfigMaps, [key('web', 'x', true)])).toEqual([]);
  expect(findingsOf(referencedConfigMaps, [configMap, key('web', 'x', true)])).toEqual([]);
});

it('refuses what is not', () => {
  expect(findingsOf(referencedConfigMaps, [key('web', 'x')])).toEqual([
    'I2K450 ~c.env[0].valueFrom.configMapKeyRef.name',
  ]);
  expect(findingsOf(referencedConfigMaps, [configMap, key('web', 'x')])).toEqual([
    'I2K451 ~c.env[0].valueFrom.configMapKeyRef.key',
  ]);
  expect(findingsOf(referencedConfigMaps, [configMap, key('web', 'constructor')])).toHaveLength(1);
  expect(findingsOf(referencedConfigMaps, [inContainer({ envFrom: [{ configMapRef: { name: 'a' } }] })])).toEqual([
    'I2K450 ~c.envFrom[0].configMapRef.name',
  ]);
  const volumes = [
    { name: 'v', configMap: { name: 'web', items: [{ key: 'x', path: 'x' }] } },
    { name: 'w', projected: { sources: [{ configMap: { name: 'a' } }] } },
  ];
  expect(findingsOf(referencedConfigMaps, [configMap, inPod({ volumes })])).toEqual([
    'I2K451 ~p.volumes[0].configMap.items[0].key',
    'I2K450 ~p.volumes[1].projected.sources[0].configMap.name',
  ]);
});

it('does not miss what was refused', () =>
  expect(findingsOf(referencedConfigMaps, [key('web', 'x')], ['ConfigMap/default/web'])).toEqual([]));

// Rule secrets: what the input lacks is warned of, once.

const variable = (name: string, key: string, optional = false) => ({
  name: 'A',
  valueFrom: { secretKeyRef: { name, key, optional } },
});

it('warns of a Secret that is not there, once', () => {
  expect(findingsOf(referencedSecrets, [inContainer({ env: [variable('db', 'a'), variable('db', 'b')] })])).toEqual([
    'I2K521 ~c.env[0].valueFrom.secretKeyRef.name',
  ]);
  expect(findingsOf(referencedSecrets, [inPod({ volumes: [{ name: 'v', secret: { secretName: 'db' } }] })])).toEqual([
    'I2K521 ~p.volumes[0].secret.secretName',
  ]);
  expect(findingsOf(referencedSecrets, [inContainer({ env: [variable('db', 'a', true)] })])).toEqual([]);
  expect(findingsOf(referencedSecrets, [inContainer({ env: [variable('db', 'a')] })], ['Secret/default/db'])).toEqual(
    [],
  );
});

it('warns of a key that is not there', () => {
  const db = withFields(secret, { 'metadata.name': 'db', stringData: { a: 'x' }, data: { b: 'eA==' } });
  expect(findingsOf(referencedSecrets, [db, inContainer({ env: [variable('db', 'a'), variable('db', 'b')] })])).toEqual(
    [],
  );
  expect(findingsOf(referencedSecrets, [db, inContainer({ env: [variable('db', 'c')] })])).toEqual([
    'I2K522 ~c.env[0].valueFrom.secretKeyRef.key',
  ]);
});

// Rule serviceAccounts: the account that a pod runs as is there.

it('takes the default one, and one that is there', () => {
  expect(findingsOf(referencedServiceAccounts, [deployment, inPod({ serviceAccountName: 'default' })])).toEqual([]);
  expect(findingsOf(referencedServiceAccounts, [serviceAccount, inPod({ serviceAccountName: 'web' })])).toEqual([]);
  expect(
    findingsOf(referencedServiceAccounts, [inPod({ serviceAccountName: 'web' })], ['ServiceAccount/default/web']),
  ).toEqual([]);
});

it('refuses others', () => {
  expect(findingsOf(referencedServiceAccounts, [inPod({ serviceAccountName: 'web' })])).toEqual([
    'I2K453 ~p.serviceAccountName',
  ]);
  expect(findingsOf(referencedServiceAccounts, [inPod({ serviceAccountName: 'We b' })])).toEqual([
    'I2K301 ~p.serviceAccountName',
  ]);
});
