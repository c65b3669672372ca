// Rule keys: neither a key nor a path leads out of its volume.
import { configKeys } from '../../../src/2-check/rules/configKeys.ts';
import { configMap, inContainer, inPod, secret, withValueAt } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

it.each(['a.conf', '.hidden', 'A_b-c', '__proto__', 'constructor', 'a..b'])('takes the key %s', (key) => {
  expect(findingsOf(configKeys, [withValueAt(configMap, ['data', key], 'x')])).toEqual([]);
});

it.each(['../../etc/passwd', '..', '.', '..data', 'a/b', '', 'a b', 'x'.repeat(254)])('refuses the key %j', (key) => {
  expect(findingsOf(configKeys, [withValueAt(configMap, ['data', key], 'x')])).toHaveLength(1);
  expect(findingsOf(configKeys, [withValueAt(secret, ['stringData', key], 'x')])).toHaveLength(1);
});

it.each(['../x', '/x', '..x', '', 'a/../b'])('refuses the path %j of an item', (path) => {
  const volumes = [{ name: 'a', configMap: { name: 'a', items: [{ key: 'k', path }] } }];
  expect(findingsOf(configKeys, [inPod({ volumes })])).toEqual(['I2K311 ~p.volumes[0].configMap.items[0].path']);
  const projected = [{ name: 'a', projected: { sources: [{ secret: { name: 'a', items: [{ key: 'k', path }] } }] } }];
  expect(findingsOf(configKeys, [inPod({ volumes: projected })])).toHaveLength(1);
});

it('takes a path with folders', () => {
  expect(
    findingsOf(configKeys, [
      inPod({ volumes: [{ name: 'a', configMap: { name: 'a', items: [{ key: 'k', path: 'a/b.c' }] } }] }),
    ]),
  ).toEqual([]);
});

it('refuses a key that nothing can have', () => {
  const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'a/b' } } }];
  expect(findingsOf(configKeys, [inContainer({ env })])).toEqual(['I2K311 ~c.env[0].valueFrom.secretKeyRef.key']);
});
