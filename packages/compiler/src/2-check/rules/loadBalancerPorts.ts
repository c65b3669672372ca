// A load balancer listens once on a port: of one Service, and of all Services that name the same load balancer.
import { annotation } from '../../annotations/index.ts';
import { objectName } from '../../diagnostic.ts';
import type { PodOf } from '../../kinds/shared/pods.ts';
import { targetPort } from '../../kinds/shared/ports.ts';
import { isBalanced, selectedBy } from '../../kinds/shared/services.ts';
import type { Manifest } from '../../manifest.ts';
import { type Rule, sayOf } from '../rule.ts';

interface Listener {
  readonly port: number;
  readonly protocol: string;
  readonly target: string;
  readonly service: Manifest<'Service'>;
  readonly path: readonly (string | number)[];
}

export const loadBalancerPorts: Rule = {
  codes: ['I2K438'],
  check(all, report) {
    const balanced = all.of('Service').filter(({ object }) => isBalanced(object));
    const shared = new Map<string, Listener[]>();
    for (const service of balanced) {
      const named = annotation(service, 'i2kit.dev/load-balancer');
      const isShared = named !== undefined && named !== 'own';
      const key = isShared ? `named/${named}` : objectName(service.ref);
      shared.set(key, [...(shared.get(key) ?? []), ...listenersOf(service, selectedBy(service, all)[0])]);
    }
    for (const listeners of shared.values()) {
      for (const [index, listener] of listeners.entries()) {
        const other = listeners.slice(0, index).find((before) => clash(before, listener));
        if (!other) continue;
        const whose = other.service === listener.service ? 'the Service itself' : objectName(other.service.ref);
        sayOf(listener.service, 'I2K438', report)(
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

function listenersOf(service: Manifest<'Service'>, pod: PodOf | undefined): readonly Listener[] {
  return (service.object.spec.ports ?? []).flatMap((served, index) => {
    const { port, nodePort, protocol } = served;
    // Two names may be one port.
    const of = { protocol, target: String((pod && targetPort(served, pod.spec)) ?? served.targetPort), service };
    const path = ['spec', 'ports', index];
    const own = { ...of, port, path: [...path, 'port'] };
    return nodePort && nodePort !== port ? [own, { ...of, port: nodePort, path: [...path, 'nodePort'] }] : [own];
  });
}

/** TCP and UDP of one Service go through one listener where they lead to one port. */
function clash(a: Listener, b: Listener): boolean {
  if (a.port !== b.port) return false;
  // A Service that has a port twice is told so by another rule.
  return (
    a.service !== b.service ||
    (a.protocol !== b.protocol && a.target !== b.target) ||
    (a.protocol === b.protocol && a.path.at(-1) !== b.path.at(-1))
  );
}
