// ReplicationController: the predecessor of ReplicaSet.
import type { KindSpec } from './kind.ts';

export const replicationController: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes: "the resources of a Deployment; a new template is rolled out with a Deployment's default strategy",
};
