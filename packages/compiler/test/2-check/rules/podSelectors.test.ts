// Rule podSelectors: label selectors inside of a pod.
import { podSelectors } from '../../../src/2-check/rules/podSelectors.ts';
import { inPod } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const apart = (term: object) =>
  said(podSelectors, [
    inPod({
      'affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution': [{ topologyKey: 'kubernetes.io/hostname', ...term }],
    }),
  ]);
const AT = '~p.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]';

it('takes selectors', () =>
  expect(apart({ labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] }, matchLabelKeys: ['a'] })).toEqual(
    [],
  ));

it('refuses those that cannot be read', () => {
  expect(apart({ labelSelector: { matchLabels: { app: 'a b' } } })).toEqual([`I2K314 ${AT}.labelSelector.matchLabels.app`]);
  expect(apart({ namespaceSelector: { matchExpressions: [{ key: 'app', operator: 'Is' }] } })).toEqual([
    `I2K314 ${AT}.namespaceSelector.matchExpressions[0]`,
  ]);
  expect(apart({ matchLabelKeys: ['a b'] })).toEqual([`I2K314 ${AT}.matchLabelKeys[0]`]);
});
