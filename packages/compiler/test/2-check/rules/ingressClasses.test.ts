import { ingressClasses } from '../../../src/2-check/rules/ingressClasses.ts';
import { having, ingressClass } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

it.each<[Record<string, unknown>, readonly string[]]>([
  [{}, []],
  [{ 'spec.controller': 'nginx' }, ['I2K337 spec.controller']],
  [{ 'spec.parameters': { kind: 'A', name: 'b', scope: 'Cluster' } }, []],
  [{ 'spec.parameters': { kind: 'A', name: 'b', scope: 'Namespace' } }, ['I2K337 spec.parameters']],
  [{ 'spec.parameters': { kind: '', name: 'b', scope: 'Zone' } }, ['I2K337 spec.parameters', 'I2K337 spec.parameters.scope']],
])('of %j', (changes, expected) => expect(said(ingressClasses, [having(ingressClass, changes)])).toEqual(expected));
