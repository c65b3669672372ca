// HorizontalPodAutoscaler: how many machines a group has, by how busy they are.
import type { KindSpec } from './kind.ts';

export const horizontalPodAutoscaler: KindSpec = {
  apiVersion: 'autoscaling/v2',
  former: ['autoscaling/v1', 'autoscaling/v2beta1', 'autoscaling/v2beta2'],
  namespaced: true,
  becomes: 'target tracking policies of the Auto Scaling group, and its least and greatest size',
};
