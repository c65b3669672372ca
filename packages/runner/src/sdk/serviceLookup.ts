// Machine groups and load balancers of an environment through the AWS SDK.

import { clientConfig, type SdkOptions } from '@i2kit/aws';
import { dnsName } from '../ports/route53.ts';
import type { ReachableLoadBalancer, ServiceLookupPort, TaggedMachineGroup } from '../ports/serviceLookup.ts';

export interface ServiceLookupAdapter extends ServiceLookupPort {
  close(): void;
}

/** ARNs in one call to DescribeTargetGroups, DescribeLoadBalancers and DescribeTags. */
const maxArnsPerCall = 20;

export async function serviceLookupAdapter(options: SdkOptions): Promise<ServiceLookupAdapter> {
  const [scaling, balancing] = await Promise.all([
    import('@aws-sdk/client-auto-scaling'),
    import('@aws-sdk/client-elastic-load-balancing-v2'),
  ]);
  const config = { ...clientConfig(options), maxAttempts: 4 };
  const groups = new scaling.AutoScalingClient(config);
  const client = new balancing.ElasticLoadBalancingV2Client(config);
  return {
    async listGroups(env) {
      const found: TaggedMachineGroup[] = [];
      const asked = { Filters: [{ Name: 'tag:i2kit:env', Values: [env] }] };
      for await (const { AutoScalingGroups = [] } of scaling.paginateDescribeAutoScalingGroups(
        { client: groups },
        asked,
      )) {
        for (const { Tags = [], TargetGroupARNs = [] } of AutoScalingGroups) {
          const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
          if (tags['i2kit:env'] !== env) continue;
          const namespace = tags['i2kit:namespace'] ?? '';
          found.push({
            object: `${tags['i2kit:kind']}/${namespace}/${tags['i2kit:name']}`,
            namespace,
            stack: tags['aws:cloudformation:stack-name'] ?? `${env}-${tags['i2kit:app']}`,
            labels: labelsOf(tags),
            targetGroups: TargetGroupARNs,
          });
        }
      }
      return found;
    },
    async listLoadBalancers(targetGroups) {
      const arns = new Set<string>();
      for (const TargetGroupArns of chunksOf(targetGroups)) {
        const { TargetGroups = [] } = await client.send(new balancing.DescribeTargetGroupsCommand({ TargetGroupArns }));
        for (const { LoadBalancerArns = [] } of TargetGroups) for (const arn of LoadBalancerArns) arns.add(arn);
      }
      const found: ReachableLoadBalancer[] = [];
      for (const LoadBalancerArns of chunksOf([...arns].sort())) {
        const { LoadBalancers = [] } = await client.send(
          new balancing.DescribeLoadBalancersCommand({ LoadBalancerArns }),
        );
        for (const { LoadBalancerArn, DNSName = '', CanonicalHostedZoneId = '', Scheme } of LoadBalancers) {
          const ports: ReachableLoadBalancer['listeners'][number][] = [];
          for await (const { Listeners = [] } of balancing.paginateDescribeListeners({ client }, { LoadBalancerArn })) {
            for (const { Port = 0, Protocol = '', DefaultActions = [] } of Listeners) {
              ports.push({ port: Port, protocol: Protocol, targetGroups: DefaultActions.flatMap(targetGroupsOf) });
            }
          }
          found.push({
            dnsName: DNSName,
            zone: CanonicalHostedZoneId,
            internal: Scheme === 'internal',
            listeners: ports,
          });
        }
      }
      return found;
    },
    async findOwner(name) {
      for await (const { LoadBalancers = [] } of balancing.paginateDescribeLoadBalancers({ client }, {})) {
        const arn = LoadBalancers.find(
          ({ DNSName = '' }) => dnsName(DNSName) === dnsName(name.replace(/^dualstack\./i, '')),
        )?.LoadBalancerArn;
        if (arn === undefined) continue;
        const { TagDescriptions: [all] = [] } = await client.send(
          new balancing.DescribeTagsCommand({ ResourceArns: [arn] }),
        );
        const tags = Object.fromEntries((all?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
        const object = [tags['i2kit:kind'], tags['i2kit:namespace'], tags['i2kit:name']]
          .filter((part) => part !== undefined)
          .join('/');
        const stack =
          tags['aws:cloudformation:stack-name'] ?? (tags['i2kit:app'] && `${tags['i2kit:env']}-${tags['i2kit:app']}`);
        return stack === undefined ? arn : `${object}${object && ' of '}${stack}`;
      }
      return undefined;
    },
    close() {
      groups.destroy();
      client.destroy();
    },
  };
}

interface ListenerAction {
  readonly TargetGroupArn?: string | undefined;
  readonly ForwardConfig?:
    | { readonly TargetGroups?: readonly { readonly TargetGroupArn?: string | undefined }[] | undefined }
    | undefined;
}

const targetGroupsOf = ({ TargetGroupArn, ForwardConfig }: ListenerAction): string[] =>
  [TargetGroupArn, ...(ForwardConfig?.TargetGroups ?? []).map((each) => each.TargetGroupArn)].filter(
    (arn) => arn !== undefined,
  );

const chunksOf = (all: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(all.length / maxArnsPerCall) }, (_, at) =>
    all.slice(at * maxArnsPerCall, (at + 1) * maxArnsPerCall),
  );

const labelsOf = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => (key.startsWith('k8s:') ? [[key.slice('k8s:'.length), value]] : [])),
  );
