// StatefulSet: one machine for each ordinal, which keeps its name, address, volumes and zone.
import type { KindSpec } from './kind.ts';

export const statefulSet: KindSpec = {
  apiVersion: 'apps/v1',
  former: ['apps/v1beta1', 'apps/v1beta2'],
  namespaced: true,
  becomes:
    'for each ordinal an Auto Scaling group of one machine in one zone, with its own network interface, DNS name and EBS volumes',
};
