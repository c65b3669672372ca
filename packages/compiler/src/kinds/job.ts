// Job: machines that run a pod to its end, and themselves with it.
import type { KindSpec } from './kind.ts';

export const job: KindSpec = {
  apiVersion: 'batch/v1',
  former: [],
  namespaced: true,
  becomes: 'an instance for each completion, which terminates itself; the stack waits for all of them to succeed',
};
