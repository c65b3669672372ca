// Services of each type.
import { service } from './make.mjs';

export const services = [
  service({}),
  service(null),
  service({
    ports: [
      { port: 80 },
      { port: 81, targetPort: 0 },
      { port: 82, targetPort: '' },
      { port: 83, targetPort: 'web', protocol: 'UDP' },
    ],
  }),
  ...['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName', ''].flatMap((type) => [
    service({ type, ports: [{ port: 1 }] }),
    service({
      type,
      externalIPs: ['1.2.3.4'],
      externalTrafficPolicy: type ? 'Local' : '',
      internalTrafficPolicy: 'Local',
      allocateLoadBalancerNodePorts: false,
    }),
  ]),
  service({ externalIPs: ['1.2.3.4'] }),
  service({ type: 'ExternalName', externalIPs: ['1.2.3.4'] }),
  service({ externalIPs: [] }),
  service({ clusterIP: 'None', selector: { a: 'b' } }),
  service({ sessionAffinity: 'ClientIP' }),
  service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } }),
  service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: {} } }),
  service({ sessionAffinity: 'None', sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } }),
  service({ sessionAffinityConfig: {} }),
  service({ sessionAffinity: 'x', sessionAffinityConfig: {} }),
  service({ sessionAffinity: 'x', sessionAffinityConfig: { clientIP: {} } }),
];
