// IngressClass: a name by which Ingresses are grouped.
import type { KindSpec } from './kind.ts';

export const ingressClass: KindSpec = {
  apiVersion: 'networking.k8s.io/v1',
  former: ['networking.k8s.io/v1beta1'],
  namespaced: false,
  becomes: 'nothing of its own: Ingresses of one class share a load balancer',
};
