// Finds and checks the VPC, its subnets and the security group.

import type { EC2Client, RouteTable, Subnet, Vpc } from '@aws-sdk/client-ec2';
import { compareText } from '@i2kit/common';
import type { AccountLookup, ExistingResources, ResourceSelector, SubnetSelector } from '@i2kit/compiler';
import { type Candidate, matchingCandidates, onlyCandidate, tagsOf, unusableError } from './candidates.ts';

type NetworkParts = Pick<ExistingResources, 'vpc' | 'subnets' | 'securityGroup'>;

interface SubnetCandidate extends Candidate {
  readonly subnet: Subnet;
}

export async function findNetwork(
  client: EC2Client,
  asked: AccountLookup,
  known: ExistingResources | undefined,
  egress: 'per-zone' | 'one' | 'none' | undefined,
): Promise<NetworkParts> {
  const { vpc, subnets, securityGroup } = asked;
  if (vpc === undefined && subnets === undefined) {
    if (securityGroup === undefined) return {};
    throw unusableError(
      ['network', 'securityGroup'],
      'a security group belongs to a VPC, and none is named',
      'Set `network.vpc` or `network.subnets` too.',
    );
  }
  const sdk = await import('@aws-sdk/client-ec2');
  const all = await collectPages(sdk.paginateDescribeSubnets({ client }, {}), ({ Subnets = [] }) => Subnets);
  const candidates = all.map(
    (subnet): SubnetCandidate => ({ id: subnet.SubnetId ?? '', tags: tagsOf(subnet.Tags), subnet }),
  );
  const named = subnets && {
    private: pickSubnets(candidates, subnets.private, known?.subnets?.private, ['network', 'subnets', 'private']),
    public: pickSubnets(candidates, subnets.public, known?.subnets?.public, ['network', 'subnets', 'public']),
  };
  const vpcs = await collectPages(sdk.paginateDescribeVpcs({ client }, {}), ({ Vpcs = [] }) => Vpcs);
  const home = vpcOf(vpcs, vpc === undefined ? undefined : (known?.vpc?.id ?? vpc), [
    ...(named?.private ?? []),
    ...(named?.public ?? []),
  ]);
  await requireDnsSupport(client, home);
  const tables = await collectPages(
    sdk.paginateDescribeRouteTables({ client }, inVpc(home)),
    ({ RouteTables = [] }) => RouteTables,
  );
  if (named) requireRoutes(named, tables, egress === 'none');
  const gateways = await collectPages(
    sdk.paginateDescribeInternetGateways({ client }, {}),
    ({ InternetGateways = [] }) => InternetGateways,
  );
  const gateway = gateways.find(({ Attachments = [] }) =>
    Attachments.some(({ VpcId }) => VpcId === home.id),
  )?.InternetGatewayId;
  const cidrs = (home.vpc.CidrBlockAssociationSet ?? []).flatMap(({ CidrBlock, CidrBlockState }) =>
    CidrBlock && (CidrBlockState?.State ?? 'associated') === 'associated' ? [CidrBlock] : [],
  );
  const group = securityGroup && (await findSecurityGroup(client, known?.securityGroup ?? securityGroup, home.id));
  return {
    vpc: {
      id: home.id,
      cidrs: (cidrs.length > 0 ? cidrs : [home.vpc.CidrBlock ?? '']).sort(),
      ...(gateway !== undefined && { internetGateway: gateway }),
    },
    ...(named && { subnets: { private: byZone(named.private), public: byZone(named.public) } }),
    ...(group !== undefined && { securityGroup: group }),
  };
}

async function collectPages<P, T>(pages: AsyncIterable<P>, items: (page: P) => readonly T[]): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...items(page));
  return all;
}

const inVpc = ({ id }: Candidate) => ({ Filters: [{ Name: 'vpc-id', Values: [id] }] });

/** In the order of their zones; each in a different zone. */
function pickSubnets(
  all: readonly SubnetCandidate[],
  selector: SubnetSelector | undefined,
  known: Readonly<Record<string, string>> | undefined,
  path: readonly string[],
): readonly SubnetCandidate[] {
  if (selector === undefined) return [];
  const ids = known === undefined ? (isIdList(selector) ? selector : undefined) : Object.values(known);
  const found =
    ids === undefined
      ? matchingCandidates(all, selector as ResourceSelector, 'subnet', path)
      : ids.map((id) => onlyCandidate(all, id, 'subnet', path));
  const sorted = found.toSorted((a, b) => compareText(zoneOf(a), zoneOf(b)));
  const twin = sorted.find((each, index) => zoneOf(each) === zoneOf(sorted[index - 1]));
  if (twin) {
    const inZone = sorted.filter((each) => zoneOf(each) === zoneOf(twin)).map(({ id }) => id);
    throw unusableError(
      path,
      `${inZone.join(' and ')} are both in ${zoneOf(twin)}`,
      'Name one subnet per availability zone.',
    );
  }
  return sorted;
}

const isIdList = (selector: SubnetSelector): selector is readonly string[] => Array.isArray(selector);
const zoneOf = (zoned: SubnetCandidate | undefined): string => zoned?.subnet.AvailabilityZone ?? '';
const byZone = (all: readonly SubnetCandidate[]) => Object.fromEntries(all.map((each) => [zoneOf(each), each.id]));

/** The named VPC, else that of the subnets; all subnets are in it. */
function vpcOf(
  vpcs: readonly Vpc[],
  selector: ResourceSelector | undefined,
  subnets: readonly SubnetCandidate[],
): Candidate & { readonly vpc: Vpc } {
  const candidates = vpcs.map((vpc) => ({ id: vpc.VpcId ?? '', tags: tagsOf(vpc.Tags), vpc }));
  const named = selector === undefined ? undefined : onlyCandidate(candidates, selector, 'VPC', ['network', 'vpc']);
  const home = named?.id ?? subnets[0]?.subnet.VpcId ?? '';
  const stray = subnets.find(({ subnet }) => subnet.VpcId !== home);
  if (stray)
    throw unusableError(
      ['network', 'subnets'],
      `${stray.id} is in ${stray.subnet.VpcId}, but the others have to be in ${home}`,
    );
  return named ?? onlyCandidate(candidates, home, 'VPC', ['network', 'subnets']);
}

/** A private hosted zone works only in a VPC that resolves names. */
async function requireDnsSupport(client: EC2Client, { id }: Candidate): Promise<void> {
  const sdk = await import('@aws-sdk/client-ec2');
  const path = ['network', 'vpc'];
  const support = await client.send(new sdk.DescribeVpcAttributeCommand({ VpcId: id, Attribute: 'enableDnsSupport' }));
  if (support.EnableDnsSupport?.Value === false)
    throw unusableError(
      path,
      `${id} has no DNS support`,
      `Run: aws ec2 modify-vpc-attribute --vpc-id ${id} --enable-dns-support`,
    );
  const names = await client.send(new sdk.DescribeVpcAttributeCommand({ VpcId: id, Attribute: 'enableDnsHostnames' }));
  if (names.EnableDnsHostnames?.Value === false)
    throw unusableError(
      path,
      `${id} does not assign DNS host names`,
      `Run: aws ec2 modify-vpc-attribute --vpc-id ${id} --enable-dns-hostnames`,
    );
}

/** Public subnets have a route to an internet gateway; machine subnets have a way out. */
function requireRoutes(
  named: { readonly private: readonly SubnetCandidate[]; readonly public: readonly SubnetCandidate[] },
  tables: readonly RouteTable[],
  addressed: boolean,
) {
  // A subnet in both roles is what its routes make it.
  const both =
    named.public.every((each) => named.private.includes(each)) && named.private.length === named.public.length;
  for (const each of both && !addressed ? [] : named.public) {
    if (!defaultRouteTarget(each, tables)?.startsWith('igw-'))
      throw unusableError(
        ['network', 'subnets', 'public'],
        `${each.id} has no route to an internet gateway`,
        'Name public subnets.',
      );
  }
  for (const each of addressed ? [] : named.private) {
    const way = defaultRouteTarget(each, tables);
    const hint = 'Name subnets with a NAT gateway, or set `network.egress: none` to give machines public addresses.';
    if (way?.startsWith('igw-'))
      throw unusableError(
        ['network', 'subnets'],
        `${each.id} has its default route to an internet gateway, which machines without public addresses cannot use`,
        hint,
      );
  }
}

/** The target of the default route; undefined if there is none: VPC endpoints may replace it. */
function defaultRouteTarget({ id }: SubnetCandidate, tables: readonly RouteTable[]): string | undefined {
  const own = tables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === id));
  const table = own ?? tables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main));
  const route = table?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0');
  return (
    route &&
    (route.GatewayId ?? route.NatGatewayId ?? route.TransitGatewayId ?? route.NetworkInterfaceId ?? 'another way')
  );
}

async function findSecurityGroup(client: EC2Client, selector: ResourceSelector, vpc: string): Promise<string> {
  const sdk = await import('@aws-sdk/client-ec2');
  const all = await collectPages(
    sdk.paginateDescribeSecurityGroups({ client }, {}),
    ({ SecurityGroups = [] }) => SecurityGroups,
  );
  const candidates = all.map((group) => ({
    id: group.GroupId ?? '',
    tags: { ...(group.GroupName && { Name: group.GroupName }), ...tagsOf(group.Tags) },
    vpc: group.VpcId,
  }));
  const path = ['network', 'securityGroup'];
  // Tags alone may match every VPC's groups.
  const found =
    typeof selector === 'string'
      ? onlyCandidate(candidates, selector, 'security group', path)
      : onlyCandidate(
          candidates.filter((each) => each.vpc === vpc),
          selector,
          'security group',
          path,
        );
  if (found.vpc !== vpc) throw unusableError(path, `${found.id} is in ${found.vpc}, not in ${vpc}`);
  return found.id;
}
