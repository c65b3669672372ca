// ReplicaSet: a group of identical machines, like a Deployment with a default rollout.
import type { KindSpec } from './kind.ts';

export const replicaSet: KindSpec = {
  apiVersion: 'apps/v1',
  former: ['extensions/v1beta1', 'apps/v1beta2'],
  namespaced: true,
  becomes: "the resources of a Deployment; a new template is rolled out with a Deployment's default strategy",
};
