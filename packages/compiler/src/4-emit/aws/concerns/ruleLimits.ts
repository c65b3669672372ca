// Whether a security group's rules are within AWS's limit.
import { type Finding, objectName } from '../../../diagnostic.ts';
import type { Concern } from '../concern.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html: rules per security group, inbound. */
const mostRules = 60;
const warnFrom = 0.8 * mostRules;

export const ruleLimits: Concern = ({ plan, workloads, endpointsOf, endpointsOn }) => ({
  findings: [
    ...workloads.map((group) => ({
      name: objectName(group.origin.object),
      origin: group.origin,
      // Each declared port once from the peers; each load balancer's ports, and its health check.
      rules: group.ports.length + endpointsOf(group).reduce((sum, { ports }) => sum + ports.length + 1, 0),
    })),
    ...plan.loadBalancers.map((balancer) => ({
      name: `load balancer ${balancer.key}`,
      origin: balancer.origin,
      rules: endpointsOn(balancer).reduce(
        (sum, { ports, sources }) => sum + ports.reduce((all, { listeners }) => all + listeners.length, 0) * Math.max(1, sources.length),
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
