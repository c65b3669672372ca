// A load balancer has one listener for a port: of one Service, and of all Services that name the same load balancer.
import { annotationValue } from '../../annotations/index.ts';
import { objectName } from '../../diagnostic.ts';
import type { WorkloadPod } from '../../kinds/shared/pods.ts';
import { listenerPortsOf, targetPortNumber } from '../../kinds/shared/ports.ts';
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
  check(manifests, report) {
    const balanced = manifests.of('Service').filter(({ object }) => isLoadBalanced(object));
    const shared = new Map<string, DeclaredListener[]>();
    for (const service of balanced) {
      const loadBalancer = annotationValue(service, 'i2kit.dev/load-balancer');
      const isShared = loadBalancer !== undefined && loadBalancer !== 'own';
      const key = isShared ? `named/${loadBalancer}` : objectName(service.ref);
      shared.set(key, [...(shared.get(key) ?? []), ...listenersOf(service, podsSelectedBy(service, manifests)[0])]);
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
    const { port, protocol } = served;
    // Two names may mean the same port.
    const endpoint = {
      protocol,
      target: String((pod && targetPortNumber(served, pod.spec)) ?? served.targetPort),
      service,
    };
    const path = ['spec', 'ports', index];
    return listenerPortsOf(service.object.spec, served).map((listened) => ({
      ...endpoint,
      port: listened,
      path: [...path, listened === port ? 'port' : 'nodePort'],
    }));
  });
}

/** TCP and UDP of one Service share a listener if they lead to one port. */
function conflicts(a: DeclaredListener, b: DeclaredListener): boolean {
  if (a.port !== b.port) return false;
  // Another rule reports a Service that has a port twice.
  return (
    a.service !== b.service ||
    (a.protocol !== b.protocol && a.target !== b.target) ||
    (a.protocol === b.protocol && a.path.at(-1) !== b.path.at(-1))
  );
}
