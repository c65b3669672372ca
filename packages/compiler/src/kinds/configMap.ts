// ConfigMap: files and variables of the pods that refer to it.
import type { KindSpec } from './kind.ts';
import { each, mapped, meaningless, under } from './shared/classes.ts';
import { metadata } from './shared/metadata.ts';

export const configMap: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes: 'files and environment variables, in the user data of the machines that refer to it',
  ledger: {
    ...each('apiVersion kind', mapped('read')),
    ...under('metadata', metadata),
    ...each('binaryData.* data.*', mapped('pod')),
    immutable: meaningless('A machine sees the values of its deployment for as long as it runs; other values are other machines.'),
  },
};
