// AWS::AutoScaling::ScalingPolicy: a target tracking policy for each metric of an autoscaler.

import type { MachineGroup, ScalingMetric } from '../../../plan.ts';
import type { ResourceTypes } from '../../../resourceTypes.ts';
import { getAtt, join, type Resource, ref, resource } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import { instanceTypeNamed } from '../instanceTypes.ts';
import { instanceTypeOf } from '../launchData.ts';
import { routerTargetGroupId } from '../listenerRules.ts';
import * as ids from '../logicalIds.ts';

// AWS::AutoScaling::ScalingPolicy: a target tracking policy for each metric of an autoscaler.

export const scalingPolicies: Emitter = (target) => ({
  resources: Object.fromEntries(
    target.plan.groups.flatMap((group) =>
      (group.scaling?.metrics ?? []).flatMap((metric) => scalingPolicy(target, group, metric)),
    ),
  ),
});

function scalingPolicy(
  target: EmitContext,
  group: MachineGroup,
  metric: ScalingMetric,
): readonly (readonly [string, Resource])[] {
  const tracking = trackingConfiguration[metric.name](target, group, metric);
  if (tracking === undefined) return [];
  return [
    [
      ids.machineGroup.scaling(group, metric.name),
      resource('AWS::AutoScaling::ScalingPolicy', {
        Metadata: originMetadata(metric.origin),
        Properties: {
          AutoScalingGroupName: ref(ids.machineGroup.group(group)),
          PolicyType: 'TargetTrackingScaling',
          TargetTrackingConfiguration: tracking,
        },
      }),
    ],
  ];
}

type Tracking = ResourceTypes['AWS::AutoScaling::ScalingPolicy']['TargetTrackingConfiguration'];

/** To two places, of which CloudWatch keeps as many. */
const rounded = (value: number) => Math.round(value * 100) / 100;

const trackingConfiguration: Record<
  ScalingMetric['name'],
  (target: EmitContext, group: MachineGroup, metric: ScalingMetric) => Tracking | undefined
> = {
  // Percent of the machine, which is the pod's alone; an amount is cores.
  cpu: (_, group, { unit, target: wanted }) => ({
    PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
    TargetValue: rounded(
      unit === 'percent'
        ? wanted
        : Math.min(100, (wanted * 100) / (instanceTypeNamed(instanceTypeOf(group) ?? '')?.vcpus ?? 1)),
    ),
  }),
  // Percent of what the containers ask for, which the agent measures.
  memory: (_, group, { unit, target: wanted }) => ({
    CustomizedMetricSpecification: {
      ...memoryMetric,
      Statistic: 'Average',
      Unit: 'Percent',
      Dimensions: [{ Name: 'AutoScalingGroupName', Value: ref(ids.machineGroup.group(group)) }],
    },
    TargetValue: rounded(unit === 'percent' ? wanted : (wanted * 100) / Math.max(1, group.machine.requests.memory)),
  }),
  // A load balancer counts by the minute.
  requests: (target, group, { target: wanted }) => {
    const [routed] = target.routerBackendsOf(group);
    if (routed === undefined) return undefined;
    const { router, backend } = routed;
    const label = join('/', [
      getAtt(ids.router.balancer(router), 'LoadBalancerFullName'),
      getAtt(routerTargetGroupId(router, backend), 'TargetGroupFullName'),
    ]);
    return {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel: label },
      TargetValue: rounded(wanted * 60),
    };
  },
};

// The metric that the agent publishes: what it is called is settled in docs/agent-v1.md.

export const memoryMetric = { Namespace: 'i2kit', MetricName: 'MemoryUtilization' } as const;
