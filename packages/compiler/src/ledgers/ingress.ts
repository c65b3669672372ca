// What is done with each field of an Ingress; see its page in Kubernetes' API reference.
import { each, mapped, meaningless, refused, under } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { workload } from './workload.ts';

const backend: Ledger = {
  ...each('service.name service.port.name service.port.number', mapped('route')),
  ...each('resource.apiGroup resource.kind resource.name', refused('I2K480')),
};

export const ingress: Ledger = {
  ...workload,
  ...under('spec', {
    ...under('defaultBackend', backend),
    ingressClassName: mapped('route'),
    ...each('rules[].host rules[].http.paths[].path rules[].http.paths[].pathType', mapped('route')),
    ...under('rules[].http.paths[].backend', backend),
    'tls[].hosts[]': meaningless('The load balancer chooses the certificate by the names in it.'),
    'tls[].secretName': refused('I2K481', { byRule: true }),
  }),
};
