// HorizontalPodAutoscaler: the number of machines of a group, by their load.
import type { KindSpec } from './kind.ts';

export const horizontalPodAutoscaler: KindSpec = {
  apiVersion: 'autoscaling/v2',
  former: ['autoscaling/v1', 'autoscaling/v2beta1', 'autoscaling/v2beta2'],
  namespaced: true,
  becomes: 'target tracking policies of the Auto Scaling group, and its minimum and maximum size',
};
