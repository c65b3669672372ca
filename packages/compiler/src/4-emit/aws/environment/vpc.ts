// The network: a VPC with a public and a private subnet in each zone, and the public subnets' way to the internet; each where it is not there.
import { getAtt, type Intrinsic, type Resource, ref } from '../../../template.ts';
import { type Concern, type Environment, originOf, tags, vpcId, type ZoneSubnet } from './concern.ts';
import * as ids from './ids.ts';

/**
 * The VPC is cut into 16 equal parts, private subnets from the first on and public ones from the ninth on, so that a zone can be
 * added without moving those that are there. Of a /16 each subnet has 4,091 addresses.
 */
const parts = 16;
const partBits = Math.log2(parts);
const firstPart = { Private: 0, Public: parts / 2 } as const;
/** No region has more. */
export const mostZones = 6;
/** EC2's smallest subnet is a /28, and load balancers want eight free addresses in it. */
export const longestPrefix = 28 - partBits;

/** `/16` -> 16. */
const prefix = (cidr: string) => Number(cidr.split('/')[1]);

export const vpc: Concern = (environment) => ({
  resources: {
    ...(environment.found.vpc === undefined ? made(environment) : {}),
    ...(attachesGateway(environment) ? internet(environment) : {}),
    ...(environment.found.subnets === undefined ? cut(environment) : {}),
  },
  outputs: { VpcId: { Description: 'The VPC', Value: vpcId(environment) } },
});

/** A VPC has one internet gateway: one that is there is used. */
export const attachesGateway = ({ found }: Environment): boolean => found.subnets === undefined && found.vpc?.internetGateway === undefined;

const made = (environment: Environment): Readonly<Record<string, Resource>> => ({
  [ids.vpc]: {
    Type: 'AWS::EC2::VPC',
    Metadata: originOf(environment),
    Properties: {
      CidrBlock: environment.cidr,
      // A private zone answers only where both are on.
      EnableDnsSupport: true,
      EnableDnsHostnames: true,
      Tags: tags(environment, 'network'),
    },
  },
});

const internet = (environment: Environment): Readonly<Record<string, Resource>> => ({
  [ids.internetGateway]: {
    Type: 'AWS::EC2::InternetGateway',
    Metadata: originOf(environment),
    Properties: { Tags: tags(environment, 'internet') },
  },
  [ids.attachment]: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Metadata: originOf(environment),
    Properties: { VpcId: vpcId(environment), InternetGatewayId: ref(ids.internetGateway) },
  },
});

const cut = (environment: Environment): Readonly<Record<string, Resource>> => ({
  [ids.publicRoutes]: {
    Type: 'AWS::EC2::RouteTable',
    Metadata: originOf(environment),
    Properties: { VpcId: vpcId(environment), Tags: tags(environment, 'public') },
  },
  [ids.publicDefaultRoute]: {
    Type: 'AWS::EC2::Route',
    Metadata: originOf(environment),
    ...afterGateway(environment),
    Properties: {
      RouteTableId: ref(ids.publicRoutes),
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: environment.found.vpc?.internetGateway ?? ref(ids.internetGateway),
    },
  },
  ...each(environment, (zone) => ({
    ...subnet(environment, 'Private', zone, ids.privateRoutes(zone)),
    ...subnet(environment, 'Public', zone, ids.publicRoutes),
  })),
});

/** What needs the way to the internet waits for it, where it is made here. */
export const afterGateway = (environment: Environment) => (attachesGateway(environment) ? { DependsOn: [ids.attachment] } : {});

/** By zone, made or found; none where the user has named none. */
export function subnetsOf({ found, zones }: Environment, visibility: ids.Visibility): readonly ZoneSubnet[] {
  const named = found.subnets?.[visibility === 'Private' ? 'private' : 'public'];
  if (named === undefined)
    return zones.map((zone) => ({ zone: getAtt(ids.subnet(visibility, zone), 'AvailabilityZone'), id: ref(ids.subnet(visibility, zone)) }));
  return Object.keys(named)
    .sort()
    .map((zone) => ({ zone, id: named[zone] ?? '' }));
}

export const each = <T>(
  { zones }: Pick<Environment, 'zones'>,
  make: (zone: number) => Readonly<Record<string, T>>,
): Readonly<Record<string, T>> => Object.assign({}, ...zones.map(make));

function subnet(environment: Environment, visibility: ids.Visibility, zone: number, routes: string): Readonly<Record<string, Resource>> {
  const id = ids.subnet(visibility, zone);
  const cuts: Intrinsic = { 'Fn::Cidr': [environment.cidr, parts, 32 - prefix(environment.cidr) - partBits] };
  return {
    [id]: {
      Type: 'AWS::EC2::Subnet',
      Metadata: originOf(environment),
      Properties: {
        VpcId: vpcId(environment),
        AvailabilityZone: { 'Fn::Select': [zone - 1, { 'Fn::GetAZs': ref('AWS::Region') }] },
        CidrBlock: { 'Fn::Select': [firstPart[visibility] + zone - 1, cuts] },
        // Whether a machine has a public address is said where the machine is, not where it happens to stand.
        MapPublicIpOnLaunch: false,
        Tags: tags(environment, `${visibility.toLowerCase()} ${zone}`),
      },
    },
    [ids.subnetRoutes(visibility, zone)]: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Metadata: originOf(environment),
      Properties: { SubnetId: ref(id), RouteTableId: ref(routes) },
    },
  };
}
