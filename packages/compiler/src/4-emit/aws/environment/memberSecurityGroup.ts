// The security group that every machine of the environment is in: what others' rules call "a machine of this environment".
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
        // Create-only, and the group cannot be replaced while machines are in it: nothing that may change is in here.
        GroupDescription: `Machines of the i2kit environment ${environment.env}`,
        VpcId: vpcId(environment),
        // It lets nothing in or out: a workload's own group does. Without a rule EC2 would let everything out.
        SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32', Description: 'Nothing' }],
        Tags: tags(environment, 'machines'),
      },
    },
  },
});
