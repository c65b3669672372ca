// A pod's containers: at least one, with names that differ, and init containers that are only what they can be.
// As validateContainers and validateInitContainers of Kubernetes.
import { containersOf } from '../../kinds/shared/pods.ts';
import { dnsLabel } from '../formats.ts';
import { duplicatesOf, podRule } from '../rule.ts';

/** What an init container that ends cannot have. */
const LONG_RUNNING_FIELDS = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

export const containers = podRule(['I2K305', 'I2K416'], (pod, say) => {
  if (pod.spec.containers.length === 0) say([...pod.path, 'containers'], 'the pod has no container');
  const all = containersOf(pod);
  for (const { container, path, role } of all) {
    const problem = container.name ? dnsLabel(container.name) : 'is empty';
    if (problem) say([...path, 'name'], `the container's name ${JSON.stringify(container.name ?? '')} ${problem}`);
    if (role !== 'init') continue;
    for (const field of LONG_RUNNING_FIELDS) {
      if (container[field] !== undefined)
        say([...path, field], `an init container that ends cannot have ${field}`, {
          hint: 'set its restartPolicy to Always to make it a sidecar',
        });
    }
    if (container.restartPolicy !== undefined) {
      say(
        [...path, 'restartPolicy'],
        `restartPolicy of an init container is ${JSON.stringify(container.restartPolicy)}`,
        {
          code: 'I2K416',
          hint: 'use Always for a sidecar, or leave it out',
        },
      );
    }
  }
  for (const { index, key } of duplicatesOf(all, ({ container }) => container.name || undefined)) {
    say([...(all[index]?.path ?? pod.path), 'name'], `two containers of the pod are called ${key}`);
  }
});
