// Scaling activities, target health and consoles through the AWS SDK, each client loaded only where it is asked.
import type { MachinesPort, TargetHealth } from '../ports/others.ts';
import { clientConfig, type SdkOptions } from './options.ts';

const tailLines = 20;

/** The last lines of a console, which EC2 gives in base64; at most 64 KB of it exist. */
export const tailOf = (base64: string | undefined, lines = tailLines): readonly string[] =>
  Buffer.from(base64 ?? '', 'base64')
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-lines);

export function machinesPort(options: SdkOptions): MachinesPort {
  const config = clientConfig(options);
  return {
    async group(name) {
      const sdk = await import('@aws-sdk/client-auto-scaling');
      const client = new sdk.AutoScalingClient(config);
      const [activities, groups] = await Promise.all([
        client.send(new sdk.DescribeScalingActivitiesCommand({ AutoScalingGroupName: name, MaxRecords: 20 })),
        client.send(new sdk.DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] })),
      ]);
      const group = groups.AutoScalingGroups?.[0];
      return {
        activities: (activities.Activities ?? [])
          .filter((each) => each.StatusCode === 'Failed' || each.StatusCode === 'Cancelled')
          .map((each) => `${each.Description ?? ''}: ${each.StatusMessage ?? each.Cause ?? ''}`),
        instances: (group?.Instances ?? []).flatMap((each) => (each.InstanceId ? [each.InstanceId] : [])),
        targetGroups: group?.TargetGroupARNs ?? [],
      };
    },
    async targetHealth(arn): Promise<TargetHealth> {
      const sdk = await import('@aws-sdk/client-elastic-load-balancing-v2');
      const client = new sdk.ElasticLoadBalancingV2Client(config);
      const { TargetHealthDescriptions: all = [] } = await client.send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn: arn }));
      // `unused`: no listener asks for it; `draining`: on its way out. Neither is waited for.
      const counted = all.filter((each) => !['unused', 'draining', 'unhealthy.draining'].includes(each.TargetHealth?.State ?? ''));
      const sick = counted.filter((each) => each.TargetHealth?.State !== 'healthy');
      return {
        healthy: counted.length - sick.length,
        total: counted.length,
        reasons: sick.map((each) =>
          `${each.Target?.Id ?? ''}: ${each.TargetHealth?.Reason ?? each.TargetHealth?.State ?? ''} ${each.TargetHealth?.Description ?? ''}`.trim(),
        ),
      };
    },
    async consoleTail(instanceId, call) {
      const sdk = await import('@aws-sdk/client-ec2');
      const client = new sdk.EC2Client(config);
      const output = async (Latest: boolean) => client.send(new sdk.GetConsoleOutputCommand({ InstanceId: instanceId, Latest }));
      // Without `Latest` EC2 gives what it kept at the last change of state; with it, Nitro machines alone answer.
      const { Output } = await output(true).catch((error: Error) => {
        if (error.name !== 'UnsupportedOperation') throw error;
        return output(false);
      });
      return tailOf(Output, call?.lines);
    },
  };
}
