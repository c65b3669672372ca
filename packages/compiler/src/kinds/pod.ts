// Pod: one machine, with the name of the pod.
import type { KindSpec } from './kind.ts';

export const pod: KindSpec = {
  apiVersion: 'v1',
  former: [],
  namespaced: true,
  becomes:
    'a launch template and an Auto Scaling group of one machine; with restartPolicy OnFailure or Never, an instance that runs to completion',
};
