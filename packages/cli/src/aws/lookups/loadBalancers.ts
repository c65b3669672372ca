// Finds existing load balancers by ARN or tags, with the facts that aliases and security groups need.
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ExistingLoadBalancer, ResourceSelector } from '@i2kit/compiler';
import type { SdkOptions } from '@i2kit/runner';
import { retryingConfig } from '../connection.ts';
import { onlyCandidate, tagsOf, unusableError } from './candidates.ts';

export async function findLoadBalancers(
  options: SdkOptions,
  asked: Readonly<Record<string, ResourceSelector>>,
  known: Readonly<Record<string, ExistingLoadBalancer>> | undefined,
  vpc: string | undefined,
): Promise<Readonly<Record<string, ExistingLoadBalancer>>> {
  const sdk = await import('@aws-sdk/client-elastic-load-balancing-v2');
  const client = new sdk.ElasticLoadBalancingV2Client(retryingConfig(options));
  try {
    const all: LoadBalancer[] = [];
    for await (const { LoadBalancers = [] } of sdk.paginateDescribeLoadBalancers({ client }, {}))
      all.push(...LoadBalancers);
    const tags = new Map<string, Readonly<Record<string, string>>>();
    const arns = all.flatMap(({ LoadBalancerArn }) => (LoadBalancerArn ? [LoadBalancerArn] : []));
    // As many as one answer holds.
    for (let at = 0; at < arns.length; at += 20) {
      const { TagDescriptions = [] } = await client.send(
        new sdk.DescribeTagsCommand({ ResourceArns: arns.slice(at, at + 20) }),
      );
      for (const { ResourceArn = '', Tags } of TagDescriptions) tags.set(ResourceArn, tagsOf(Tags));
    }
    const candidates = all.map((balancer) => {
      const id = balancer.LoadBalancerArn ?? '';
      return {
        id,
        tags: { ...(balancer.LoadBalancerName && { Name: balancer.LoadBalancerName }), ...tags.get(id) },
        balancer,
      };
    });
    return Object.fromEntries(
      Object.entries(asked).map(([name, selector]) => {
        const path = ['loadBalancers', name];
        return [
          name,
          usableLoadBalancer(
            onlyCandidate(candidates, known?.[name]?.arn ?? selector, 'load balancer', path).balancer,
            vpc,
            path,
          ),
        ];
      }),
    );
  } finally {
    client.destroy();
  }
}

function usableLoadBalancer(
  balancer: LoadBalancer,
  vpc: string | undefined,
  path: readonly string[],
): ExistingLoadBalancer {
  const {
    LoadBalancerArn: arn = '',
    Type,
    VpcId,
    SecurityGroups = [],
    DNSName = '',
    CanonicalHostedZoneId = '',
    Scheme,
  } = balancer;
  if (Type !== 'network')
    throw unusableError(path, `${arn} has the type ${Type}; Services need a network load balancer`);
  if (vpc === undefined)
    throw unusableError(
      path,
      'an existing load balancer needs an existing VPC, and none is named',
      'Set `network.vpc` or `network.subnets` too.',
    );
  if (VpcId !== vpc) throw unusableError(path, `${arn} is in ${VpcId}, not in ${vpc}`);
  if (SecurityGroups.length === 0)
    throw unusableError(
      path,
      `${arn} has no security group, so machines cannot admit its traffic alone`,
      'Create a load balancer with a security group: one cannot be added later.',
    );
  return {
    arn,
    dnsName: DNSName,
    hostedZone: CanonicalHostedZoneId,
    visibility: Scheme === 'internal' ? 'internal' : 'public',
    securityGroups: [...SecurityGroups].sort(),
  };
}
