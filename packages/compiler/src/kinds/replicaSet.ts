// ReplicaSet: a group of identical machines, as of a Deployment that says nothing of its rollout.
import type { KindSpec } from './kind.ts';

export const replicaSet: KindSpec = {
  apiVersion: 'apps/v1',
  former: ['extensions/v1beta1', 'apps/v1beta2'],
  namespaced: true,
  becomes: 'what a Deployment becomes; a new template is rolled out as by a Deployment that says nothing',
};
