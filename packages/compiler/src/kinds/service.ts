// Service: a DNS name, and a load balancer that leads to the machines it selects.
import type { KindSpec } from './kind.ts';

export const service: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes:
    'listeners and a target group of a network load balancer, and a private DNS name; of type ExternalName, a DNS record',
};
