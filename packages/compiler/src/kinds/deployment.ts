// Deployment: a group of identical machines, each of which runs one pod.
import type { KindSpec } from './kind.ts';

export const deployment: KindSpec = {
  apiVersion: 'apps/v1',
  former: ['extensions/v1beta1', 'apps/v1beta1', 'apps/v1beta2'],
  namespaced: true,
  becomes: 'a launch template and an Auto Scaling group of identical machines, rolled out in batches',
};
