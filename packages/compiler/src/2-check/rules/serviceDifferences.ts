// Service types and protocols that behave differently without nodes.
import { isLoadBalanced, serviceRoutingOf } from '../../kinds/shared/services.ts';
import { objectRule } from '../rule.ts';

export const serviceDifferences = objectRule(
  'Service',
  ['I2K531', 'I2K535', 'I2K533'],
  (service, reportAt, manifest, _, options) => {
    const { type, ports = [] } = service.spec;
    if (type === 'NodePort')
      reportAt(
        ['spec', 'type'],
        'there are no nodes: the load balancer listens instead, also on nodePort if it is set',
      );
    // A Service reached by DNS leads to the machines themselves.
    if (!isLoadBalanced(service) || serviceRoutingOf(manifest, options?.config ?? {}) === 'dns') return;
    if (service.spec.publishNotReadyAddresses === true)
      reportAt(
        ['spec', 'publishNotReadyAddresses'],
        'a load balancer sends no traffic to machines that are not ready',
        {
          code: 'I2K533',
        },
      );
    for (const [index, { protocol }] of ports.entries()) {
      if (protocol === 'UDP') {
        reportAt(
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
