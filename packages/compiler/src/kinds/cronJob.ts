// CronJob: an Auto Scaling group that a schedule fills.
import type { KindSpec } from './kind.ts';

export const cronJob: KindSpec = {
  apiVersion: 'batch/v1',
  former: ['batch/v1beta1', 'batch/v2alpha1'],
  namespaced: true,
  becomes:
    'a launch template and an empty Auto Scaling group that a schedule fills; a machine leaves it when its pod has ended',
};
