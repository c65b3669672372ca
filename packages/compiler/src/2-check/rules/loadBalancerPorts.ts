// A load balancer listens once on a port: of one Service, and of all Services that name the same load balancer.
import { annotationValue } from '../../annotations/index.ts';
import { objectName } from '../../diagnostic.ts';
import type { WorkloadPod } from '../../kinds/shared/pods.ts';
import { targetPortNumber } from '../../kinds/shared/ports.ts';
import { isLoadBalanced, podsSelectedBy } from '../../kinds/shared/services.ts';
import type { Manifest } from '../../manifest.ts';
import { type Rule, reporterFor } from '../rule.ts';

interface DeclaredListener {
  readonly port: number;
  readonly protocol: string;
  readonly target: string;
  readonly service: Manifest<'Service'>;
  readonly path: readonly (string | number)[];
}

export const loadBalancerPorts: Rule = {
  codes: ['I2K438'],
  check(all, report) {
    const balanced = all.of('Service').filter(({ object }) => isLoadBalanced(object));
    const shared = new Map<string, DeclaredListener[]>();
    for (const service of balanced) {
      const named = annotationValue(service, 'i2kit.dev/load-balancer');
      const isShared = named !== undefined && named !== 'own';
      const key = isShared ? `named/${named}` : objectName(service.ref);
      shared.set(key, [...(shared.get(key) ?? []), ...listenersOf(service, podsSelectedBy(service, all)[0])]);
    }
    for (const listeners of shared.values()) {
      for (const [index, listener] of listeners.entries()) {
        const other = listeners.slice(0, index).find((before) => conflicts(before, listener));
        if (!other) continue;
        const whose = other.service === listener.service ? 'the Service itself' : objectName(other.service.ref);
        reporterFor(listener.service, 'I2K438', report)(
          listener.path,
          `${whose} already listens on port ${listener.port} of the same load balancer`,
          {
            related: [{ message: 'the other one', object: other.service.ref, path: other.path }],
          },
        );
      }
    }
  },
};

function listenersOf(service: Manifest<'Service'>, pod: WorkloadPod | undefined): readonly DeclaredListener[] {
  return (service.object.spec.ports ?? []).flatMap((served, index) => {
    const { port, nodePort, protocol } = served;
    // Two names may be one port.
    const of = { protocol, target: String((pod && targetPortNumber(served, pod.spec)) ?? served.targetPort), service };
    const path = ['spec', 'ports', index];
    const own = { ...of, port, path: [...path, 'port'] };
    return nodePort && nodePort !== port ? [own, { ...of, port: nodePort, path: [...path, 'nodePort'] }] : [own];
  });
}

/** TCP and UDP of one Service go through one listener where they lead to one port. */
function conflicts(a: DeclaredListener, b: DeclaredListener): boolean {
  if (a.port !== b.port) return false;
  // A Service that has a port twice is told so by another rule.
  return (
    a.service !== b.service ||
    (a.protocol !== b.protocol && a.target !== b.target) ||
    (a.protocol === b.protocol && a.path.at(-1) !== b.path.at(-1))
  );
}
