// Ingress: listener rules of an application load balancer.
import type { KindSpec } from './kind.ts';

export const ingress: KindSpec = {
  apiVersion: 'networking.k8s.io/v1',
  former: ['networking.k8s.io/v1beta1', 'extensions/v1beta1'],
  namespaced: true,
  becomes:
    'listener rules of an application load balancer that the Ingresses of a group share, and public DNS records of its hosts',
};
