// What a Service's type and protocol mean where there are no nodes: said, because it is not what a cluster does.
import { isLoadBalanced, serviceRoutingOf } from '../../kinds/shared/services.ts';
import { objectRule } from '../rule.ts';

export const serviceDifferences = objectRule(
  'Service',
  ['I2K531', 'I2K535', 'I2K533'],
  (service, say, manifest, _, options) => {
    const { type, ports = [] } = service.spec;
    if (type === 'NodePort')
      say(['spec', 'type'], 'there are no nodes: the load balancer listens, on nodePort too where it is given');
    // Behind a name there are the machines themselves.
    if (!isLoadBalanced(service) || serviceRoutingOf(manifest, options?.config ?? {}) === 'dns') return;
    if (service.spec.publishNotReadyAddresses === true)
      say(['spec', 'publishNotReadyAddresses'], 'a load balancer sends nothing to machines that are not ready', {
        code: 'I2K533',
      });
    for (const [index, { protocol }] of ports.entries()) {
      if (protocol === 'UDP') {
        say(
          ['spec', 'ports', index, 'protocol'],
          "over UDP a machine sees the client's own address, and cannot reach itself through the load balancer",
          {
            code: 'I2K535',
          },
        );
      }
    }
  },
);
