// The parameters by which an app's template reads what its environment made (`i2kit env`).
import type { Parameter } from '../../template.ts';
import { shared, subnet } from './ids.ts';

const parameter = (type: string, path: string, description: string): Parameter => ({
  Type: `AWS::SSM::Parameter::Value<${type}>`,
  Default: path,
  Description: description,
});

/** Prefix of everything that the environment hands over. */
export const handover = (env: string) => `/i2kit/${env}`;

/** Every parameter that may be referred to, by its id; `assemble` keeps those that are. */
export function environmentParameters(env: string, zones: readonly string[]): Readonly<Record<string, Parameter>> {
  const at = (path: string) => `${handover(env)}/${path}`;
  return {
    [shared.vpc]: parameter('AWS::EC2::VPC::Id', at('vpc-id'), 'Network of the environment'),
    [shared.members]: parameter('AWS::EC2::SecurityGroup::Id', at('members'), 'Security group of all machines of the environment'),
    [shared.privateSubnets]: parameter('List<AWS::EC2::Subnet::Id>', at('subnets/private'), 'Subnets of machines'),
    [shared.publicSubnets]: parameter('List<AWS::EC2::Subnet::Id>', at('subnets/public'), 'Subnets of public load balancers'),
    [shared.privateZone]: parameter('String', at('zones/private'), 'Hosted zone of cluster.local'),
    [shared.publicZone]: parameter('String', at('zones/public'), 'Hosted zone of public names'),
    [shared.bucket]: parameter('String', at('bucket'), 'Bucket of payloads too large for user data'),
    ...Object.fromEntries(
      zones.flatMap((zone) => [
        [subnet('Private', zone), parameter('AWS::EC2::Subnet::Id', at(`subnets/private/${zone}`), `Subnet of machines in ${zone}`)],
        [subnet('Public', zone), parameter('AWS::EC2::Subnet::Id', at(`subnets/public/${zone}`), `Public subnet in ${zone}`)],
      ]),
    ),
  };
}
