// Rule keys: neither a key nor a path leads out of its volume.
import { keys } from '../../../src/2-check/rules/keys.ts';
import { changed, configMap, inContainer, inPod, secret } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

it.each(['a.conf', '.hidden', 'A_b-c', '__proto__', 'constructor', 'a..b'])('takes the key %s', (key) => {
  expect(said(keys, [changed(configMap, ['data', key], 'x')])).toEqual([]);
});

it.each(['../../etc/passwd', '..', '.', '..data', 'a/b', '', 'a b', 'x'.repeat(254)])('refuses the key %j', (key) => {
  expect(said(keys, [changed(configMap, ['data', key], 'x')])).toHaveLength(1);
  expect(said(keys, [changed(secret, ['stringData', key], 'x')])).toHaveLength(1);
});

it.each(['../x', '/x', '..x', '', 'a/../b'])('refuses the path %j of an item', (path) => {
  const volumes = [{ name: 'a', configMap: { name: 'a', items: [{ key: 'k', path }] } }];
  expect(said(keys, [inPod({ volumes })])).toEqual(['I2K311 ~p.volumes[0].configMap.items[0].path']);
  const projected = [{ name: 'a', projected: { sources: [{ secret: { name: 'a', items: [{ key: 'k', path }] } }] } }];
  expect(said(keys, [inPod({ volumes: projected })])).toHaveLength(1);
});

it('takes a path with folders', () => {
  expect(said(keys, [inPod({ volumes: [{ name: 'a', configMap: { name: 'a', items: [{ key: 'k', path: 'a/b.c' }] } }] })])).toEqual([]);
});

it('refuses a key that nothing can have', () => {
  const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'a/b' } } }];
  expect(said(keys, [inContainer({ env })])).toEqual(['I2K311 ~c.env[0].valueFrom.secretKeyRef.key']);
});
