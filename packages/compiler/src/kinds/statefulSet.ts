// StatefulSet: a machine for each ordinal, which keeps its name, its address, its disks and its zone.
import type { KindSpec } from './kind.ts';

export const statefulSet: KindSpec = {
  apiVersion: 'apps/v1',
  former: ['apps/v1beta1', 'apps/v1beta2'],
  namespaced: true,
  becomes:
    'for each ordinal an Auto Scaling group of one machine in one zone, with a network interface, a DNS name and disks of its own',
};
