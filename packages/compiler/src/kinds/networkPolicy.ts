// NetworkPolicy: security group rules of the pods that it selects.
import type { KindSpec } from './kind.ts';

export const networkPolicy: KindSpec = {
  apiVersion: 'networking.k8s.io/v1',
  former: ['extensions/v1beta1'],
  namespaced: true,
  becomes: 'rules of the security groups of the machines that it selects, and of their load balancers',
};
