// Namespace: part of names, nothing more.
import type { KindSpec } from './kind.ts';

export const namespace: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: false,
  becomes: 'nothing of its own: it is part of names, tags and DNS names',
};
