// Codes 4xx of Services, Ingresses and NetworkPolicies: traffic that load balancers and security groups cannot carry.
import { defineCodes } from './codeEntry.ts';

export const unsupportedTrafficCodes = defineCodes({
  I2K430: {
    severity: 'error',
    title: 'Addresses of nodes',
    explanation: 'There are no nodes that could take traffic for these addresses. Use a Service of type LoadBalancer.',
  },
  I2K431: {
    severity: 'error',
    title: 'Node-local traffic',
    explanation:
      'Each pod has its own machine, so there is no other pod on the same node. Use internalTrafficPolicy Cluster.',
  },
  I2K432: {
    severity: 'error',
    title: 'IPv6',
    explanation:
      "The environment's network has IPv4 addresses only. Use ipFamilies [IPv4] and ipFamilyPolicy SingleStack or PreferDualStack.",
  },
  I2K433: {
    severity: 'error',
    title: 'SCTP',
    explanation: "Neither load balancers nor the machine's security groups support SCTP. Use TCP or UDP.",
  },
  I2K434: {
    severity: 'error',
    title: 'Session timeout',
    explanation:
      'A network load balancer keeps a client at a machine, with a timeout that cannot be set. Leave the timeout out.',
  },
  I2K435: {
    severity: 'error',
    title: 'Load balancer class',
    explanation: 'There is no controller of this class. Leave it out, or use service.k8s.aws/nlb.',
  },
  I2K437: {
    severity: 'error',
    title: 'Service without a selector',
    explanation:
      'The machines of such a Service are not known. Give it a selector, or use type ExternalName for an external service.',
  },
  I2K438: {
    severity: 'error',
    title: 'Two Services on one port of a load balancer',
    explanation: 'A load balancer has one listener for a port. Give the Services different ports or load balancers.',
  },
  I2K439: {
    severity: 'error',
    title: 'Named port with several numbers',
    explanation:
      'A target group has one port. Use the same number for the name in all selected workloads, or use the number.',
  },
  I2K440: {
    severity: 'error',
    title: 'Named port not found',
    explanation:
      "No container of the selected workloads has a port of this name and protocol. Name the container's port, or use its number.",
  },
  I2K480: {
    severity: 'error',
    title: 'Backend that is not a Service',
    explanation: 'There is no controller that could serve this resource. Use a Service as the backend.',
  },
  I2K481: {
    severity: 'error',
    title: 'TLS without an ACM certificate',
    explanation:
      'TLS ends at the load balancer, which uses ACM certificates, not Secrets. Name one with the annotation alb.ingress.kubernetes.io/certificate-arn.',
  },
  I2K482: {
    severity: 'error',
    title: 'Parameters of an IngressClass',
    explanation: 'There is no controller that would read them. Use annotations of the Ingress.',
  },
  I2K483: {
    severity: 'error',
    title: 'Ingress without a backend',
    explanation:
      'A backend is a TCP port of a Service in the same namespace that selects a workload of the input. Correct the name or the port.',
  },
  I2K484: {
    severity: 'error',
    title: 'Path not supported by a load balancer',
    explanation: 'The path of a listener rule has at most 128 letters, digits and _-.$/~"\'@:+&. Choose another path.',
  },
  I2K485: {
    severity: 'error',
    title: 'Conflicting Ingresses of one group',
    explanation:
      'Ingresses of one group share a load balancer, so their settings of it must be equal. Change one, or its group.',
  },
  I2K487: {
    severity: 'error',
    title: 'Two load balancers for one name',
    explanation:
      'A public name leads to one load balancer. Put the Ingresses into one group, or give them other hosts.',
  },
  I2K441: {
    severity: 'error',
    title: 'Unsupported routing of a Service',
    explanation:
      'Routing by host supports HTTP only, and DNS does not balance load; both are for Services inside the app. Set `i2kit.dev/via: nlb` on this Service.',
  },
  I2K442: {
    severity: 'error',
    title: 'Port of a machine with two targets',
    explanation:
      "With `via: dns` a machine listens on its Services' own ports, so each can lead to one port of the pod. Change a port, or set `i2kit.dev/via: nlb` on one of the Services.",
  },
  I2K443: {
    severity: 'error',
    title: 'One host for two Services',
    explanation:
      'Clients of either namespace call the Service by its short name, and the load balancer sees only that. Set `i2kit.dev/via: nlb` on one of the two, or give them other ports.',
  },
  I2K444: {
    severity: 'error',
    title: 'Policy weakened by a shared load balancer',
    explanation:
      'A client of the load balancer of Services routed by host can reach all of them at a port, so a NetworkPolicy would have no effect. Use `via: nlb` or `via: dns` for Services of these workloads.',
  },
  I2K478: {
    severity: 'error',
    title: 'Egress policy with a security group',
    explanation:
      'The security groups of a machine add up, so that an additional one can void the policy. Leave `network.securityGroup` out of i2kit.yaml, or Egress out of policyTypes.',
  },
});
