// ServiceAccount: the AWS role of the pods that run as it.
import type { KindSpec } from './kind.ts';

export const serviceAccount: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes: 'the IAM role that its annotation names, given to the containers as credentials',
};
