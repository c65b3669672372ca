// A pod's containers: at least one, with different names, and no unsupported fields of init containers. As
// validateContainers and validateInitContainers of Kubernetes.
import { containersOf } from '../../kinds/shared/pods.ts';
import { dnsLabel } from '../formats.ts';
import { duplicatesOf, podRule } from '../rule.ts';

/** Fields that an init container which ends cannot have. */
const LONG_RUNNING_FIELDS = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

export const containers = podRule(['I2K305', 'I2K416'], (pod, reportAt) => {
  if (pod.spec.containers.length === 0) reportAt([...pod.path, 'containers'], 'the pod has no container');
  const all = containersOf(pod);
  for (const { container, path, role } of all) {
    const problem = container.name ? dnsLabel(container.name) : 'is empty';
    if (problem) reportAt([...path, 'name'], `the container's name ${JSON.stringify(container.name ?? '')} ${problem}`);
    if (role !== 'init') continue;
    for (const field of LONG_RUNNING_FIELDS) {
      if (container[field] !== undefined)
        reportAt([...path, field], `an init container that ends cannot have ${field}`, {
          hint: 'Set its restartPolicy to Always to make it a sidecar.',
        });
    }
    if (container.restartPolicy !== undefined) {
      reportAt(
        [...path, 'restartPolicy'],
        `restartPolicy of an init container is ${JSON.stringify(container.restartPolicy)}`,
        {
          code: 'I2K416',
          hint: 'Use Always for a sidecar, or omit it.',
        },
      );
    }
  }
  for (const { index, key } of duplicatesOf(all, ({ container }) => container.name || undefined)) {
    reportAt([...(all[index]?.path ?? pod.path), 'name'], `two containers of the pod are named ${key}`);
  }
});
