// Rule configMaps: what a pod refers to is there.
import { configMaps } from '../../../src/2-check/rules/configMaps.ts';
import { configMap, inContainer, inPod } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const key = (name: string, of: string, optional?: boolean) =>
  inContainer({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name, key: of, ...(optional !== undefined && { optional }) } } }] });

it('takes what is there, or may be missing', () => {
  expect(said(configMaps, [configMap, key('web', 'app.conf')])).toEqual([]);
  expect(said(configMaps, [key('web', 'x', true)])).toEqual([]);
  expect(said(configMaps, [configMap, key('web', 'x', true)])).toEqual([]);
});

it('refuses what is not', () => {
  expect(said(configMaps, [key('web', 'x')])).toEqual(['I2K450 ~c.env[0].valueFrom.configMapKeyRef.name']);
  expect(said(configMaps, [configMap, key('web', 'x')])).toEqual(['I2K451 ~c.env[0].valueFrom.configMapKeyRef.key']);
  expect(said(configMaps, [configMap, key('web', 'constructor')])).toHaveLength(1);
  expect(said(configMaps, [inContainer({ envFrom: [{ configMapRef: { name: 'a' } }] })])).toEqual([
    'I2K450 ~c.envFrom[0].configMapRef.name',
  ]);
  const volumes = [
    { name: 'v', configMap: { name: 'web', items: [{ key: 'x', path: 'x' }] } },
    { name: 'w', projected: { sources: [{ configMap: { name: 'a' } }] } },
  ];
  expect(said(configMaps, [configMap, inPod({ volumes })])).toEqual([
    'I2K451 ~p.volumes[0].configMap.items[0].key',
    'I2K450 ~p.volumes[1].projected.sources[0].configMap.name',
  ]);
});

it('does not miss what was refused', () => expect(said(configMaps, [key('web', 'x')], ['ConfigMap/default/web'])).toEqual([]));
