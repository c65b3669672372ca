// PersistentVolumeClaim: an EBS volume.
import type { KindSpec } from './kind.ts';

export const persistentVolumeClaim: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes: 'an encrypted gp3 EBS volume in one availability zone, attached by the machine that mounts it',
};
