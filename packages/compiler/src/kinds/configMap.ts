// ConfigMap: files and environment variables of the pods that refer to it.
import type { KindSpec } from './kind.ts';

export const configMap: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes: 'files and environment variables, in the user data of the machines that refer to it',
};
