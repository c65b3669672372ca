// Secret: a secret in Secrets Manager; its values are in no template.
import type { KindSpec } from './kind.ts';

export const secret: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes: 'a secret in Secrets Manager, `i2kit/<env>/<namespace>/<name>`, which the machine fetches when it boots',
};
