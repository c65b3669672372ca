// AWS::AutoScaling::ScalingPolicy: a target tracking policy for each metric of an autoscaler.
import type { MachineGroup, ScalingMetric } from '../../../plan.ts';
import { getAtt, join, type Resource, ref, resource } from '../../../template.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { known } from '../instanceTypes.ts';
import { instanceTypeOf } from '../machine.ts';
import { memoryMetric } from '../metrics.ts';
import { targetsId } from '../routing.ts';
import type { ResourceTypes } from '../types.ts';

export const scaling: Concern = (target) => ({
  resources: Object.fromEntries(
    target.plan.groups.flatMap((group) => (group.scaling?.metrics ?? []).flatMap((metric) => policy(target, group, metric))),
  ),
});

function policy(target: Target, group: MachineGroup, metric: ScalingMetric): readonly (readonly [string, Resource])[] {
  const tracking = track[metric.of](target, group, metric);
  if (tracking === undefined) return [];
  return [
    [
      ids.group.scaling(group, metric.of),
      resource('AWS::AutoScaling::ScalingPolicy', {
        Metadata: originOf(metric.origin),
        Properties: {
          AutoScalingGroupName: ref(ids.group.group(group)),
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

const track: Record<ScalingMetric['of'], (target: Target, group: MachineGroup, metric: ScalingMetric) => Tracking | undefined> = {
  // Percent of the machine, which is the pod's alone; an amount is cores.
  cpu: (_, group, { unit, target: wanted }) => ({
    PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
    TargetValue: rounded(unit === 'percent' ? wanted : Math.min(100, (wanted * 100) / (known(instanceTypeOf(group) ?? '')?.vcpus ?? 1))),
  }),
  // Percent of what the containers ask for, which the agent measures.
  memory: (_, group, { unit, target: wanted }) => ({
    CustomizedMetricSpecification: {
      ...memoryMetric,
      Statistic: 'Average',
      Unit: 'Percent',
      Dimensions: [{ Name: 'AutoScalingGroupName', Value: ref(ids.group.group(group)) }],
    },
    TargetValue: rounded(unit === 'percent' ? wanted : (wanted * 100) / Math.max(1, group.machine.requests.memory)),
  }),
  // A load balancer counts by the minute.
  requests: (target, group, { target: wanted }) => {
    const [routed] = target.routedTo(group);
    if (routed === undefined) return undefined;
    const { router, backend } = routed;
    const label = join('/', [
      getAtt(ids.router.balancer(router), 'LoadBalancerFullName'),
      getAtt(targetsId(router, backend), 'TargetGroupFullName'),
    ]);
    return {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel: label },
      TargetValue: rounded(wanted * 60),
    };
  },
};
