// Internet access of machines: a NAT gateway for each zone or one for all, and a free gateway endpoint for S3.
import { getAtt, type Resource, ref, sub } from '../../../template.ts';
import { type Environment, type EnvironmentEmitter, originMetadata, tags, vpcId } from './emitter.ts';
import * as ids from './logicalIds.ts';
import { gatewayDependency, perZone } from './vpc.ts';

/** Existing subnets have their own routes. */
export const egress: EnvironmentEmitter = (environment) =>
  environment.existing.subnets === undefined ? createdEgress(environment) : {};

const createdEgress: EnvironmentEmitter = (environment) => ({
  resources: {
    ...perZone({ zones: gatewayZones(environment) }, (zone) => natGateway(environment, zone)),
    ...perZone(environment, (zone) => privateRoutes(environment, zone)),
    [ids.storageEndpoint]: {
      Type: 'AWS::EC2::VPCEndpoint',
      Metadata: originMetadata(environment),
      Properties: {
        VpcEndpointType: 'Gateway',
        ServiceName: sub('com.amazonaws.${AWS::Region}.s3'),
        VpcId: vpcId(environment),
        RouteTableIds: [ids.publicRoutes, ...environment.zones.map(ids.privateRoutes)].map(ref),
        Tags: tags(environment, 'storage'),
      },
    },
  },
  outputs: perZone({ zones: gatewayZones(environment) }, (zone) => ({
    [ids.natAddress(zone)]: {
      Description: 'An address that machines come from, for allow lists',
      Value: ref(ids.natAddress(zone)),
    },
  })),
});

/** Zones with their own NAT gateway. */
const gatewayZones = ({ egress, zones }: Environment): readonly number[] =>
  egress === 'per-zone' ? zones : egress === 'one' ? zones.slice(0, 1) : [];

const natGateway = (environment: Environment, zone: number): Readonly<Record<string, Resource>> => ({
  [ids.natAddress(zone)]: {
    Type: 'AWS::EC2::EIP',
    Metadata: originMetadata(environment),
    // An address can be allocated and released only while the VPC has an internet gateway.
    ...gatewayDependency(environment),
    Properties: { Domain: 'vpc', Tags: tags(environment, `egress ${zone}`) },
  },
  [ids.natGateway(zone)]: {
    Type: 'AWS::EC2::NatGateway',
    Metadata: originMetadata(environment),
    DependsOn: [ids.publicDefaultRoute],
    Properties: {
      AllocationId: getAtt(ids.natAddress(zone), 'AllocationId'),
      SubnetId: ref(ids.subnet('Public', zone)),
      Tags: tags(environment, `egress ${zone}`),
    },
  },
});

/** One route table per zone in every mode, so that changing `egress` changes routes only, and no association. */
function privateRoutes(environment: Environment, zone: number): Readonly<Record<string, Resource>> {
  const [first] = gatewayZones(environment);
  const table: Readonly<Record<string, Resource>> = {
    [ids.privateRoutes(zone)]: {
      Type: 'AWS::EC2::RouteTable',
      Metadata: originMetadata(environment),
      Properties: { VpcId: vpcId(environment), Tags: tags(environment, `private ${zone}`) },
    },
  };
  if (first === undefined) return table;
  return {
    ...table,
    [ids.privateDefaultRoute(zone)]: {
      Type: 'AWS::EC2::Route',
      Metadata: originMetadata(environment),
      Properties: {
        RouteTableId: ref(ids.privateRoutes(zone)),
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: ref(ids.natGateway(environment.egress === 'one' ? first : zone)),
      },
    },
  };
}
