// Whether a security group's rules are within AWS's limit.
import { type Finding, objectName } from '../../../diagnostic.ts';
import type { Endpoint, EndpointPort, Peers } from '../../../plan.ts';
import { admittedThrough } from '../admission.ts';
import type { Concern, Target } from '../concern.ts';

/** How many may call a port of a load balancer. */
function callers(target: Target, endpoint: Endpoint, { targetPort }: EndpointPort): number {
  const admitted = admittedThrough(target, endpoint, targetPort);
  return admitted === undefined ? Math.max(1, endpoint.sources.length) : admitted.reduce((sum, { peers }) => sum + sizeOf(peers), 0);
}

const sizeOf = (peers: Peers): number =>
  peers.kind === 'addresses' ? peers.cidrs.length : peers.kind === 'groups' ? peers.groups.length : 1;

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html: rules per security group, inbound or outbound. */
const mostRules = 60;
const warnFrom = 0.8 * mostRules;

export const ruleLimits: Concern = (target) => ({
  findings: [
    ...target.workloads.map((group) => ({
      name: objectName(group.origin.object),
      origin: group.origin,
      // Each declared port once from the peers; each load balancer's ports, and its health check.
      rules:
        (group.admitted?.reduce((sum, { peers, ports }) => sum + ports.length * sizeOf(peers), 0) ?? group.ports.length) +
        target.endpointsOf(group).reduce((sum, { ports }) => sum + ports.length + 1, 0),
    })),
    ...target.workloads.map((group) => ({
      name: `${objectName(group.origin.object)}, outwards,`,
      origin: group.origin,
      rules: (group.released ?? []).reduce((sum, { peers, ports }) => sum + (ports?.length ?? 1) * sizeOf(peers), 1),
    })),
    ...target.plan.loadBalancers.map((balancer) => ({
      name: `load balancer ${balancer.key}`,
      origin: balancer.origin,
      rules: target
        .endpointsOn(balancer)
        .reduce(
          (sum, endpoint) => sum + endpoint.ports.reduce((all, port) => all + port.listeners.length * callers(target, endpoint, port), 0),
          0,
        ),
    })),
  ].flatMap(({ name, origin, rules }): readonly Finding[] =>
    rules < warnFrom
      ? []
      : [
          {
            code: 'I2K607',
            severity: rules > mostRules ? 'error' : 'warning',
            message: `the security group of ${name} has ${rules} rules; AWS takes ${mostRules}`,
            object: origin.object,
            path: origin.path,
            hint: 'fewer ports, fewer source ranges, or a load balancer of its own (`i2kit.dev/load-balancer: own`)',
          },
        ],
  ),
});
