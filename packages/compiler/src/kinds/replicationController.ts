// ReplicationController: what ReplicaSets were called at first.
import type { KindSpec } from './kind.ts';

export const replicationController: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes: 'what a Deployment becomes; a new template is rolled out as by a Deployment that says nothing',
};
