// StorageClass: the kind of EBS volume of a claim.
import type { KindSpec } from './kind.ts';

export const storageClass: KindSpec = {
  apiVersion: 'storage.k8s.io/v1',
  former: ['storage.k8s.io/v1beta1'],
  namespaced: false,
  becomes: 'nothing of its own: type, speed, key and reclaim policy of the EBS volumes whose claims name it',
};
