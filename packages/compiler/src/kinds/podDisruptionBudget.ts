// PodDisruptionBudget: the number of machines of a group that may be missing at once.
import type { KindSpec } from './kind.ts';

export const podDisruptionBudget: KindSpec = {
  apiVersion: 'policy/v1',
  former: ['policy/v1beta1'],
  namespaced: true,
  becomes: 'the minimum number of machines in service while the group is updated or maintained',
};
