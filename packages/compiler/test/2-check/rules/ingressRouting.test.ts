import { ingressRouting } from '../../../src/2-check/rules/ingressRouting.ts';
import { deployment, ingress, service, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const PATH = 'spec.rules[0].http.paths[0]';
const alb = (name: string, value: string) => ({
  'metadata.annotations': { [`alb.ingress.kubernetes.io/${name}`]: value },
});
const at = (name: string) => `metadata.annotations["alb.ingress.kubernetes.io/${name}"]`;

it.each<[Record<string, unknown>, readonly string[]]>([
  [{}, []],
  [{ [`${PATH}.backend.service.name`]: 'api' }, [`I2K483 ${PATH}.backend.service.name`]],
  [{ [`${PATH}.backend.service.port.number`]: 81 }, [`I2K483 ${PATH}.backend.service.port`]],
  [{ [`${PATH}.path`]: '/a*' }, [`I2K484 ${PATH}.path`]],
  [{ [`${PATH}.path`]: '/a*', [`${PATH}.pathType`]: 'ImplementationSpecific' }, [`I2K561 ${PATH}.pathType`]],
  [{ 'spec.tls': [{ secretName: 'cert' }] }, ['I2K481 spec.tls[0].secretName']],
  [alb('listen-ports', '[{"HTTPS": 443}]'), [`I2K481 ${at('listen-ports')}`]],
  [alb('inbound-cidrs', '10.0.0.0/33'), [`I2K485 ${at('inbound-cidrs')}`]],
  [alb('inbound-cidrs', '2001:db8::/32'), [`I2K432 ${at('inbound-cidrs')}`]],
])('of %j', (changes, expected) =>
  expect(findingsOf(ingressRouting, [deployment, service, withFields(ingress, changes)])).toEqual(expected),
);

const other = withFields(ingress, { 'metadata.name': 'other', 'spec.rules[0].host': 'other.example.com' });

it('Ingresses of one group agree, or are of two', () => {
  const all = (changes: Record<string, unknown>) => [
    deployment,
    service,
    withFields(ingress, alb('scheme', 'internal')),
    withFields(other, changes),
  ];
  expect(findingsOf(ingressRouting, all({}))).toEqual([]);
  expect(findingsOf(ingressRouting, all(alb('scheme', 'internet-facing')))).toHaveLength(1);
  const apart = {
    'metadata.annotations': {
      'alb.ingress.kubernetes.io/scheme': 'internet-facing',
      'alb.ingress.kubernetes.io/group.name': 'b',
    },
  };
  expect(findingsOf(ingressRouting, all(apart))).toEqual([]);
  expect(findingsOf(ingressRouting, all({ ...apart, 'spec.rules[0].host': 'web.example.com' }))).toEqual([
    'I2K487 spec.rules[0].host',
  ]);
});
