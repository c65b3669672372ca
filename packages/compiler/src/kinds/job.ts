// Job: machines that run a pod to completion and then terminate.
import type { KindSpec } from './kind.ts';

export const job: KindSpec = {
  apiVersion: 'batch/v1',
  former: [],
  namespaced: true,
  becomes: 'an instance for each completion, which terminates itself; the stack waits until all of them have succeeded',
};
