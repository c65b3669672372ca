// Machine groups and load balancers of an environment through the AWS SDK.
import type { EnvironmentPort, ServingBalancer, ServingGroup } from '../ports/serving.ts';
import { dnsName } from './dns.ts';
import { clientConfig, type SdkOptions } from './options.ts';

export interface ServingAdapter extends EnvironmentPort {
  close(): void;
}

/** ARNs in one call to DescribeTargetGroups, DescribeLoadBalancers and DescribeTags. */
const most = 20;

export async function servingPort(options: SdkOptions): Promise<ServingAdapter> {
  const [scaling, balancing] = await Promise.all([
    import('@aws-sdk/client-auto-scaling'),
    import('@aws-sdk/client-elastic-load-balancing-v2'),
  ]);
  const config = { ...clientConfig(options), maxAttempts: 4 };
  const groups = new scaling.AutoScalingClient(config);
  const client = new balancing.ElasticLoadBalancingV2Client(config);
  return {
    async groups(env) {
      const found: ServingGroup[] = [];
      const asked = { Filters: [{ Name: 'tag:i2kit:env', Values: [env] }] };
      for await (const { AutoScalingGroups = [] } of scaling.paginateDescribeAutoScalingGroups({ client: groups }, asked)) {
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
    async balancers(targetGroups) {
      const arns = new Set<string>();
      for (const TargetGroupArns of inParts(targetGroups)) {
        const { TargetGroups = [] } = await client.send(new balancing.DescribeTargetGroupsCommand({ TargetGroupArns }));
        for (const { LoadBalancerArns = [] } of TargetGroups) for (const arn of LoadBalancerArns) arns.add(arn);
      }
      const found: ServingBalancer[] = [];
      for (const LoadBalancerArns of inParts([...arns].sort())) {
        const { LoadBalancers = [] } = await client.send(new balancing.DescribeLoadBalancersCommand({ LoadBalancerArns }));
        for (const { LoadBalancerArn, DNSName = '', CanonicalHostedZoneId = '', Scheme } of LoadBalancers) {
          const ports: ServingBalancer['ports'][number][] = [];
          for await (const { Listeners = [] } of balancing.paginateDescribeListeners({ client }, { LoadBalancerArn })) {
            for (const { Port = 0, Protocol = '', DefaultActions = [] } of Listeners) {
              ports.push({ port: Port, protocol: Protocol, targetGroups: DefaultActions.flatMap(leadsTo) });
            }
          }
          found.push({ dnsName: DNSName, zone: CanonicalHostedZoneId, internal: Scheme === 'internal', ports });
        }
      }
      return found;
    },
    async ownerOf(name) {
      for await (const { LoadBalancers = [] } of balancing.paginateDescribeLoadBalancers({ client }, {})) {
        const arn = LoadBalancers.find(
          ({ DNSName = '' }) => dnsName(DNSName) === dnsName(name.replace(/^dualstack\./i, '')),
        )?.LoadBalancerArn;
        if (arn === undefined) continue;
        const { TagDescriptions: [all] = [] } = await client.send(new balancing.DescribeTagsCommand({ ResourceArns: [arn] }));
        const tags = Object.fromEntries((all?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
        const object = [tags['i2kit:kind'], tags['i2kit:namespace'], tags['i2kit:name']].filter((part) => part !== undefined).join('/');
        const stack = tags['aws:cloudformation:stack-name'] ?? (tags['i2kit:app'] && `${tags['i2kit:env']}-${tags['i2kit:app']}`);
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

interface Action {
  readonly TargetGroupArn?: string | undefined;
  readonly ForwardConfig?: { readonly TargetGroups?: readonly { readonly TargetGroupArn?: string | undefined }[] | undefined } | undefined;
}

const leadsTo = ({ TargetGroupArn, ForwardConfig }: Action): string[] =>
  [TargetGroupArn, ...(ForwardConfig?.TargetGroups ?? []).map((each) => each.TargetGroupArn)].filter((arn) => arn !== undefined);

const inParts = (all: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, at) => all.slice(at * most, (at + 1) * most));

const labelsOf = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).flatMap(([key, value]) => (key.startsWith('k8s:') ? [[key.slice('k8s:'.length), value]] : [])));
