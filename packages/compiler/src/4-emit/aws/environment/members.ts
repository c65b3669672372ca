// The security group that every machine of the environment is in: what others' rules call "a machine of this environment".
import { ref, type Value } from '../../../template.ts';
import { type Concern, type Environment, originOf, tags, vpcId } from './concern.ts';
import * as ids from './ids.ts';

export const membersId = ({ found }: Environment): Value<string> => found.securityGroup ?? ref(ids.members);

export const members: Concern = (environment) => (environment.found.securityGroup === undefined ? made(environment) : {});

const made: Concern = (environment) => ({
  resources: {
    [ids.members]: {
      Type: 'AWS::EC2::SecurityGroup',
      Metadata: originOf(environment),
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
