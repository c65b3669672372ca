// A named targetPort means the same number in all workloads that a Service selects: a target group has one port.
import { targetPortNumber } from '../../kinds/shared/ports.ts';
import { isHeadless, podsSelectedBy } from '../../kinds/shared/services.ts';
import { objectRule } from '../rule.ts';

export const namedTargetPorts = objectRule(
  'Service',
  ['I2K440', 'I2K439', 'I2K539'],
  (service, reportAt, manifest, manifests) => {
    const pods = podsSelectedBy(manifest, manifests);
    if (pods.length === 0) return;
    for (const [index, port] of (service.spec.ports ?? []).entries()) {
      if (typeof port.targetPort === 'number') continue;
      const path = ['spec', 'ports', index, 'targetPort'];
      const found = pods.map((pod) => ({ pod, number: targetPortNumber(port, pod.spec) }));
      const numbers = new Set(found.map(({ number }) => number));
      if (numbers.size === 1 && numbers.has(undefined)) {
        const where = pods.map(({ key }) => key).join(', ');
        reportAt(
          path,
          `no container of ${where} has a ${port.protocol} port named ${port.targetPort}`,
          // Its name resolves to machines, and the port stands in SRV records only.
          isHeadless(service) ? { code: 'I2K539' } : {},
        );
      } else if (numbers.size > 1) {
        const list = found.map(({ pod, number }) => `${number ?? 'nothing'} in ${pod.key}`).join(', ');
        reportAt(path, `the port ${port.targetPort} is ${list}`, {
          code: 'I2K439',
          related: found.map(({ pod, number }) => ({
            message: number === undefined ? 'has no such port' : `is ${number} here`,
            object: pod.manifest.ref,
            path: [...pod.path, 'containers'],
          })),
        });
      }
    }
  },
);
