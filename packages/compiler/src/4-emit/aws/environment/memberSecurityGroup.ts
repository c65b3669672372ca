// The security group of all machines of the environment, which rules refer to as their source.
import { ref, type Value } from '../../../template.ts';
import { type Environment, type EnvironmentEmitter, originMetadata, tags, vpcId } from './emitter.ts';
import * as ids from './logicalIds.ts';

export const memberSecurityGroupId = ({ existing: found }: Environment): Value<string> =>
  found.securityGroup ?? ref(ids.memberSecurityGroup);

export const memberSecurityGroup: EnvironmentEmitter = (environment) =>
  environment.existing.securityGroup === undefined ? createdSecurityGroup(environment) : {};

const createdSecurityGroup: EnvironmentEmitter = (environment) => ({
  resources: {
    [ids.memberSecurityGroup]: {
      Type: 'AWS::EC2::SecurityGroup',
      Metadata: originMetadata(environment),
      Properties: {
        // Create-only properties: the group cannot be replaced while machines use it, so they must never change.
        GroupDescription: `Machines of the i2kit environment ${environment.env}`,
        VpcId: vpcId(environment),
        // It allows nothing in or out; each workload's own group does. EC2 would allow all egress if there were no
        // rule.
        SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32', Description: 'Nothing' }],
        Tags: tags(environment, 'machines'),
      },
    },
  },
});
