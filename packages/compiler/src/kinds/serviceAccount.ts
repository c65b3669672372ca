// ServiceAccount: the AWS role of its pods.
import type { KindSpec } from './kind.ts';

export const serviceAccount: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes: 'the IAM role that its annotation names, passed to the containers as credentials',
};
