// AWS::AutoScaling::ScalingPolicy: a target tracking policy for each metric of an autoscaler.

import type { MachineGroup, ScalingMetric } from '../../../plan.ts';
import type { ResourceTypes } from '../../../resourceTypes.ts';
import { getAtt, join, ref, resource } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata, type ResourceEntry } from '../emitter.ts';
import { routerTargetGroupId } from '../listenerRules.ts';
import * as ids from '../logicalIds.ts';
import { cpuPercentOf, memoryPercentOf, scalingTargetFindings } from '../scalingTargets.ts';

export const scalingPolicies: Emitter = (context) => ({
  resources: Object.fromEntries(
    context.plan.groups.flatMap((group) =>
      (group.scaling?.metrics ?? []).flatMap((metric) => scalingPolicy(context, group, metric)),
    ),
  ),
  findings: context.plan.groups.flatMap((group) =>
    (group.scaling?.metrics ?? []).flatMap((metric) => scalingTargetFindings(group, metric)),
  ),
});

function scalingPolicy(context: EmitContext, group: MachineGroup, metric: ScalingMetric): readonly ResourceEntry[] {
  const tracking = trackingConfiguration[metric.name](context, group, metric);
  if (tracking === undefined) return [];
  return [
    [
      ids.machineGroup.scalingPolicy(group, metric.name),
      resource('AWS::AutoScaling::ScalingPolicy', {
        Metadata: originMetadata(metric.origin),
        Properties: {
          AutoScalingGroupName: ref(ids.machineGroup.autoScalingGroup(group)),
          PolicyType: 'TargetTrackingScaling',
          TargetTrackingConfiguration: tracking,
        },
      }),
    ],
  ];
}

type Tracking = ResourceTypes['AWS::AutoScaling::ScalingPolicy']['TargetTrackingConfiguration'];

/** CloudWatch keeps two decimal places. */
const rounded = (value: number) => Math.round(value * 100) / 100;

const trackingConfiguration: Record<
  ScalingMetric['name'],
  (context: EmitContext, group: MachineGroup, metric: ScalingMetric) => Tracking | undefined
> = {
  cpu: (_, group, metric) => ({
    PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
    TargetValue: rounded(cpuPercentOf(group, metric)),
  }),
  memory: (_, group, metric) => ({
    CustomizedMetricSpecification: {
      ...memoryMetric,
      Statistic: 'Average',
      Unit: 'Percent',
      Dimensions: [{ Name: 'AutoScalingGroupName', Value: ref(ids.machineGroup.autoScalingGroup(group)) }],
    },
    TargetValue: rounded(memoryPercentOf(group, metric)),
  }),
  // Load balancers count requests per minute.
  requests: (context, group, { target: value }) => {
    const [routed] = context.routerBackendsOf(group);
    if (routed === undefined) return undefined;
    const { router, backend } = routed;
    const label = join('/', [
      getAtt(ids.router.loadBalancer(router), 'LoadBalancerFullName'),
      getAtt(routerTargetGroupId(router, backend), 'TargetGroupFullName'),
    ]);
    return {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel: label },
      TargetValue: rounded(value * 60),
    };
  },
};

/** The metric that the agent publishes, documented in docs/agent-v1.md. */
export const memoryMetric = { Namespace: 'i2kit', MetricName: 'MemoryUtilization' } as const;
