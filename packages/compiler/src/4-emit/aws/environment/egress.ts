// How machines reach the internet: NAT gateways, one for each zone or one for all; and S3, which costs nothing by its endpoint.
import { getAtt, type Resource, ref, sub } from '../../../template.ts';
import { type Concern, type Environment, originOf, tags, vpcId } from './concern.ts';
import * as ids from './ids.ts';
import { afterGateway, each } from './vpc.ts';

/** Subnets that are the user's own have their routes. */
export const egress: Concern = (environment) => (environment.found.subnets === undefined ? made(environment) : {});

const made: Concern = (environment) => ({
  resources: {
    ...each({ zones: gateways(environment) }, (zone) => nat(environment, zone)),
    ...each(environment, (zone) => routes(environment, zone)),
    [ids.storageEndpoint]: {
      Type: 'AWS::EC2::VPCEndpoint',
      Metadata: originOf(environment),
      Properties: {
        VpcEndpointType: 'Gateway',
        ServiceName: sub('com.amazonaws.${AWS::Region}.s3'),
        VpcId: vpcId(environment),
        RouteTableIds: [ids.publicRoutes, ...environment.zones.map(ids.privateRoutes)].map(ref),
        Tags: tags(environment, 'storage'),
      },
    },
  },
  outputs: each({ zones: gateways(environment) }, (zone) => ({
    [ids.natAddress(zone)]: { Description: 'An address that machines come from, for allow lists', Value: ref(ids.natAddress(zone)) },
  })),
});

/** Zones that have a gateway of their own. */
const gateways = ({ egress, zones }: Environment): readonly number[] =>
  egress === 'per-zone' ? zones : egress === 'one' ? zones.slice(0, 1) : [];

const nat = (environment: Environment, zone: number): Readonly<Record<string, Resource>> => ({
  [ids.natAddress(zone)]: {
    Type: 'AWS::EC2::EIP',
    Metadata: originOf(environment),
    // An address can be neither made nor let go of while its VPC has no way to the internet.
    ...afterGateway(environment),
    Properties: { Domain: 'vpc', Tags: tags(environment, `egress ${zone}`) },
  },
  [ids.natGateway(zone)]: {
    Type: 'AWS::EC2::NatGateway',
    Metadata: originOf(environment),
    DependsOn: [ids.publicDefaultRoute],
    Properties: {
      AllocationId: getAtt(ids.natAddress(zone), 'AllocationId'),
      SubnetId: ref(ids.subnet('Public', zone)),
      Tags: tags(environment, `egress ${zone}`),
    },
  },
});

/** A table for each zone, whatever the egress: another choice then changes routes, and no subnet's association. */
function routes(environment: Environment, zone: number): Readonly<Record<string, Resource>> {
  const [first] = gateways(environment);
  const table: Readonly<Record<string, Resource>> = {
    [ids.privateRoutes(zone)]: {
      Type: 'AWS::EC2::RouteTable',
      Metadata: originOf(environment),
      Properties: { VpcId: vpcId(environment), Tags: tags(environment, `private ${zone}`) },
    },
  };
  if (first === undefined) return table;
  return {
    ...table,
    [ids.privateDefaultRoute(zone)]: {
      Type: 'AWS::EC2::Route',
      Metadata: originOf(environment),
      Properties: {
        RouteTableId: ref(ids.privateRoutes(zone)),
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: ref(ids.natGateway(environment.egress === 'one' ? first : zone)),
      },
    },
  };
}
