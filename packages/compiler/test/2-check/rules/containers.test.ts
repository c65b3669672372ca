// Rule containers: at least one, with names that differ.
import { containers } from '../../../src/2-check/rules/containers.ts';
import { inContainer, inPod } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const image = 'busybox:1.37';

it('wants a container', () =>
  expect(findingsOf(containers, [inPod({ containers: [] })])).toEqual(['I2K305 ~p.containers']));

it.each(['Web', 'a.b', '', 'a'.repeat(64)])('refuses the name %j', (name) =>
  expect(findingsOf(containers, [inContainer({ name })])).toEqual(['I2K305 ~c.name']),
);

it("wants names that differ, init containers' too", () => {
  expect(findingsOf(containers, [inPod({ initContainers: [{ name: 'web', image }] })])).toEqual(['I2K305 ~c.name']);
  expect(
    findingsOf(containers, [
      inPod({
        initContainers: [
          { name: 'first', image },
          { name: 'second', image },
        ],
      }),
    ]),
  ).toEqual([]);
});

it('lets only sidecars have what a running container has', () => {
  const livenessProbe = { exec: { command: ['true'] } };
  expect(findingsOf(containers, [inPod({ initContainers: [{ name: 'a', image, livenessProbe }] })])).toEqual([
    'I2K305 ~p.initContainers[0].livenessProbe',
  ]);
  expect(
    findingsOf(containers, [inPod({ initContainers: [{ name: 'a', image, livenessProbe, restartPolicy: 'Always' }] })]),
  ).toEqual([]);
  expect(findingsOf(containers, [inPod({ initContainers: [{ name: 'a', image, restartPolicy: 'Never' }] })])).toEqual([
    'I2K416 ~p.initContainers[0].restartPolicy',
  ]);
});
