// The network: a VPC with a public and a private subnet in each zone, and an internet gateway; each unless it exists.
import { getAtt, type Intrinsic, type Resource, ref } from '../../../template.ts';
import { type Environment, type EnvironmentEmitter, originMetadata, tags, vpcId, type ZoneSubnet } from './emitter.ts';
import * as ids from './logicalIds.ts';

/**
 * The VPC is divided into 16 equal parts: private subnets from the first part on, public ones from the ninth, so that
 * a zone can be added without moving subnets. In a /16 each subnet has 4,091 addresses.
 */
const vpcParts = 16;
const partBits = Math.log2(vpcParts);
const firstPart = { Private: 0, Public: vpcParts / 2 } as const;
/** The largest number of zones in a region. */
export const maxZones = 6;
/** The smallest subnet is a /28, and load balancers need eight free addresses in it. */
export const longestPrefix = 28 - partBits;

/** `/16` -> 16. */
const prefixLength = (cidr: string) => Number(cidr.split('/')[1]);

export const vpc: EnvironmentEmitter = (environment) => ({
  resources: {
    ...(environment.existing.vpc === undefined ? createdVpc(environment) : {}),
    ...(attachesGateway(environment) ? internetGateway(environment) : {}),
    ...(environment.existing.subnets === undefined ? createdSubnets(environment) : {}),
  },
  outputs: { VpcId: { Description: 'The VPC', Value: vpcId(environment) } },
});

/** A VPC has one internet gateway; an existing one is used. */
export const attachesGateway = ({ existing: found }: Environment): boolean =>
  found.subnets === undefined && found.vpc?.internetGateway === undefined;

const createdVpc = (environment: Environment): Readonly<Record<string, Resource>> => ({
  [ids.vpc]: {
    Type: 'AWS::EC2::VPC',
    Metadata: originMetadata(environment),
    Properties: {
      CidrBlock: environment.cidr,
      // A private zone resolves only if both are on.
      EnableDnsSupport: true,
      EnableDnsHostnames: true,
      Tags: tags(environment, 'network'),
    },
  },
});

const internetGateway = (environment: Environment): Readonly<Record<string, Resource>> => ({
  [ids.internetGateway]: {
    Type: 'AWS::EC2::InternetGateway',
    Metadata: originMetadata(environment),
    Properties: { Tags: tags(environment, 'internet') },
  },
  [ids.gatewayAttachment]: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Metadata: originMetadata(environment),
    Properties: { VpcId: vpcId(environment), InternetGatewayId: ref(ids.internetGateway) },
  },
});

const createdSubnets = (environment: Environment): Readonly<Record<string, Resource>> => ({
  [ids.publicRoutes]: {
    Type: 'AWS::EC2::RouteTable',
    Metadata: originMetadata(environment),
    Properties: { VpcId: vpcId(environment), Tags: tags(environment, 'public') },
  },
  [ids.publicDefaultRoute]: {
    Type: 'AWS::EC2::Route',
    Metadata: originMetadata(environment),
    ...gatewayDependency(environment),
    Properties: {
      RouteTableId: ref(ids.publicRoutes),
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: environment.existing.vpc?.internetGateway ?? ref(ids.internetGateway),
    },
  },
  ...perZone(environment, (zone) => ({
    ...subnetResources(environment, 'Private', zone, ids.privateRoutes(zone)),
    ...subnetResources(environment, 'Public', zone, ids.publicRoutes),
  })),
});

/** Resources that need the internet gateway wait for it if it is created here. */
export const gatewayDependency = (environment: Environment) =>
  attachesGateway(environment) ? { DependsOn: [ids.gatewayAttachment] } : {};

/** Subnets by zone, created or existing; empty if the user has named none. */
export function subnetsOf({ existing: found, zones }: Environment, visibility: ids.Visibility): readonly ZoneSubnet[] {
  const named = found.subnets?.[visibility === 'Private' ? 'private' : 'public'];
  if (named === undefined)
    return zones.map((zone) => ({
      zone: getAtt(ids.subnet(visibility, zone), 'AvailabilityZone'),
      id: ref(ids.subnet(visibility, zone)),
    }));
  return Object.keys(named)
    .sort()
    .map((zone) => ({ zone, id: named[zone] ?? '' }));
}

export const perZone = <T>(
  { zones }: Pick<Environment, 'zones'>,
  make: (zone: number) => Readonly<Record<string, T>>,
): Readonly<Record<string, T>> => Object.assign({}, ...zones.map(make));

function subnetResources(
  environment: Environment,
  visibility: ids.Visibility,
  zone: number,
  routes: string,
): Readonly<Record<string, Resource>> {
  const id = ids.subnet(visibility, zone);
  const cuts: Intrinsic = { 'Fn::Cidr': [environment.cidr, vpcParts, 32 - prefixLength(environment.cidr) - partBits] };
  return {
    [id]: {
      Type: 'AWS::EC2::Subnet',
      Metadata: originMetadata(environment),
      Properties: {
        VpcId: vpcId(environment),
        AvailabilityZone: { 'Fn::Select': [zone - 1, { 'Fn::GetAZs': ref('AWS::Region') }] },
        CidrBlock: { 'Fn::Select': [firstPart[visibility] + zone - 1, cuts] },
        // The launch template decides whether a machine has a public address, not its subnet.
        MapPublicIpOnLaunch: false,
        Tags: tags(environment, `${visibility.toLowerCase()} ${zone}`),
      },
    },
    [ids.subnetRoutes(visibility, zone)]: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Metadata: originMetadata(environment),
      Properties: { SubnetId: ref(id), RouteTableId: ref(routes) },
    },
  };
}
