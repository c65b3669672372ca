// Rules ingresses and ingressClasses.

import { ingressClasses, ingresses } from '../../../src/2-check/rules/ingresses.ts';
import { ingress, ingressClass, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const PATH = 'spec.rules[0].http.paths[0]';

it.each<[Record<string, unknown>, readonly string[]]>([
  [{}, []],
  [{ 'spec.rules': [] }, ['I2K337 spec']],
  [{ 'spec.rules[0].host': '10.0.0.1' }, ['I2K337 spec.rules[0].host']],
  [{ 'spec.rules[0].host': '*.example.com' }, []],
  [{ 'spec.rules[0].host': 'a.*.com' }, ['I2K337 spec.rules[0].host']],
  [{ 'spec.rules[0].http.paths': [] }, ['I2K337 spec.rules[0].http.paths']],
  [{ [`${PATH}.path`]: 'api' }, [`I2K337 ${PATH}.path`]],
  [{ [`${PATH}.path`]: '/a//b' }, [`I2K337 ${PATH}.path`]],
  [{ [`${PATH}.path`]: '', [`${PATH}.pathType`]: 'ImplementationSpecific' }, []],
  [{ [`${PATH}.pathType`]: 'Regex' }, [`I2K337 ${PATH}.pathType`]],
  [{ [`${PATH}.backend`]: {} }, [`I2K337 ${PATH}.backend`]],
  [{ [`${PATH}.backend.service.port.name`]: 'http' }, [`I2K337 ${PATH}.backend.service.port`]],
  [{ [`${PATH}.backend.service.port.number`]: 70000 }, [`I2K337 ${PATH}.backend.service.port`]],
  [{ [`${PATH}.backend.service.name`]: 'Web' }, [`I2K337 ${PATH}.backend.service.name`]],
  [{ [`${PATH}.backend.resource`]: { kind: 'Bucket', name: 'a' } }, [`I2K337 ${PATH}.backend`]],
  [{ 'spec.ingressClassName': 'A' }, ['I2K337 spec.ingressClassName']],
  [
    { 'spec.ingressClassName': 'a', 'metadata.annotations': { 'kubernetes.io/ingress.class': 'b' } },
    ['I2K337 metadata.annotations["kubernetes.io/ingress.class"]'],
  ],
  [{ 'spec.tls': [{ hosts: ['_'] }] }, ['I2K337 spec.tls[0].hosts[0]']],
])('of %j', (changes, expected) => expect(findingsOf(ingresses, [withFields(ingress, changes)])).toEqual(expected));

it.each<[Record<string, unknown>, readonly string[]]>([
  [{}, []],
  [{ 'spec.controller': 'nginx' }, ['I2K337 spec.controller']],
  [{ 'spec.parameters': { kind: 'A', name: 'b', scope: 'Cluster' } }, []],
  [{ 'spec.parameters': { kind: 'A', name: 'b', scope: 'Namespace' } }, ['I2K337 spec.parameters']],
  [
    { 'spec.parameters': { kind: '', name: 'b', scope: 'Zone' } },
    ['I2K337 spec.parameters', 'I2K337 spec.parameters.scope'],
  ],
])('of %j', (changes, expected) =>
  expect(findingsOf(ingressClasses, [withFields(ingressClass, changes)])).toEqual(expected),
);
