// Groups, scaling activities, target health and consoles through the AWS SDK, each client loaded on first use.

import { clientConfig, type SdkOptions } from '@i2kit/aws';
import type { CallOptions } from '../ports/cloudFormation.ts';
import type { MachinesPort, TargetHealth } from '../ports/machines.ts';

const defaultConsoleLines = 20;

/** Groups in one response. */
const groupsPerCall = 50;

/** The last lines of a console, which EC2 returns in base64; at most 64 KB of it exist. */
export const lastLinesOf = (base64: string | undefined, lines = defaultConsoleLines): readonly string[] =>
  Buffer.from(base64 ?? '', 'base64')
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-lines);

const requestOptionsOf = (call?: CallOptions) => (call?.signal ? { abortSignal: call.signal } : {});

/** One client of each service for the whole run, because each has its own connections. */
function memoized<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

export function machinesAdapter(options: SdkOptions): MachinesPort {
  const config = clientConfig(options);
  const scaling = memoized(async () => {
    const sdk = await import('@aws-sdk/client-auto-scaling');
    return { sdk, client: new sdk.AutoScalingClient(config) };
  });
  const balancing = memoized(async () => {
    const sdk = await import('@aws-sdk/client-elastic-load-balancing-v2');
    return { sdk, client: new sdk.ElasticLoadBalancingV2Client(config) };
  });
  const computing = memoized(async () => {
    const sdk = await import('@aws-sdk/client-ec2');
    return { sdk, client: new sdk.EC2Client(config) };
  });
  return {
    async sizes(names, call) {
      const { sdk, client } = await scaling();
      const pages: string[][] = [];
      for (let at = 0; at < names.length; at += groupsPerCall) pages.push(names.slice(at, at + groupsPerCall));
      const answers = await Promise.all(
        pages.map((AutoScalingGroupNames) =>
          client.send(
            new sdk.DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames, MaxRecords: 100 }),
            requestOptionsOf(call),
          ),
        ),
      );
      return answers
        .flatMap((each) => each.AutoScalingGroups ?? [])
        .map((group) => ({
          name: group.AutoScalingGroupName ?? '',
          desired: group.DesiredCapacity ?? 0,
          inService: (group.Instances ?? []).filter(
            (each) => each.LifecycleState === 'InService' && each.HealthStatus === 'Healthy',
          ).length,
          targetGroups: group.TargetGroupARNs ?? [],
        }));
    },
    async group(name, call) {
      const { sdk, client } = await scaling();
      const [activities, groups] = await Promise.all([
        client.send(
          new sdk.DescribeScalingActivitiesCommand({ AutoScalingGroupName: name, MaxRecords: 20 }),
          requestOptionsOf(call),
        ),
        client.send(
          new sdk.DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
          requestOptionsOf(call),
        ),
      ]);
      const group = groups.AutoScalingGroups?.[0];
      const since = call?.since ?? 0;
      return {
        activities: (activities.Activities ?? [])
          .filter((each) => each.StatusCode === 'Failed' || each.StatusCode === 'Cancelled')
          .filter((each) => (each.StartTime?.getTime() ?? since) >= since)
          .map((each) => `${each.Description ?? ''}: ${each.StatusMessage ?? each.Cause ?? ''}`),
        instances: (group?.Instances ?? []).flatMap((each) => (each.InstanceId ? [each.InstanceId] : [])),
        targetGroups: group?.TargetGroupARNs ?? [],
      };
    },
    async targetHealth(arn, call): Promise<TargetHealth> {
      const { sdk, client } = await balancing();
      const command = new sdk.DescribeTargetHealthCommand({ TargetGroupArn: arn });
      const { TargetHealthDescriptions: all = [] } = await client.send(command, requestOptionsOf(call));
      const stateOf = (each: (typeof all)[number]): string => each.TargetHealth?.State ?? '';
      // `unused`: no listener uses it; `draining`: being deregistered. Neither is waited for.
      const counted = all.filter((each) => !['unused', 'draining', 'unhealthy.draining'].includes(stateOf(each)));
      const sick = counted.filter((each) => stateOf(each) !== 'healthy');
      return {
        healthy: counted.length - sick.length,
        total: counted.length,
        unused: all.filter((each) => stateOf(each) === 'unused').length,
        reasons: sick.map((each) =>
          `${each.Target?.Id ?? ''}: ${each.TargetHealth?.Reason ?? stateOf(each)} ${each.TargetHealth?.Description ?? ''}`.trim(),
        ),
      };
    },
    async consoleTail(instanceId, call) {
      const { sdk, client } = await computing();
      const output = async (Latest: boolean) =>
        client.send(new sdk.GetConsoleOutputCommand({ InstanceId: instanceId, Latest }), requestOptionsOf(call));
      // Without `Latest` EC2 returns the console as of the last change of state; with it, only Nitro machines answer.
      const { Output } = await output(true).catch((error: Error) => {
        if (error.name !== 'UnsupportedOperation') throw error;
        return output(false);
      });
      return lastLinesOf(Output, call?.lines);
    },
  };
}
