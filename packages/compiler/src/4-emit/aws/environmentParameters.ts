// Parameters by which an app's template reads resources of its environment (`i2kit env`).
import type { Parameter } from '../../template.ts';
import { environmentParameter, subnet } from './logicalIds.ts';

const ssmParameter = (type: string, path: string, description: string): Parameter => ({
  Type: `AWS::SSM::Parameter::Value<${type}>`,
  Default: path,
  Description: description,
});

/** Prefix of the environment's SSM parameters. */
export const environmentParameterPrefix = (env: string) => `/i2kit/${env}`;

/** All possible parameters by id; `assemble` keeps those that the template refers to. */
export function environmentParameters(env: string, zones: readonly string[]): Readonly<Record<string, Parameter>> {
  const at = (path: string) => `${environmentParameterPrefix(env)}/${path}`;
  return {
    [environmentParameter.vpc]: ssmParameter('AWS::EC2::VPC::Id', at('vpc-id'), 'Network of the environment'),
    [environmentParameter.memberSecurityGroup]: ssmParameter(
      'AWS::EC2::SecurityGroup::Id',
      at('members'),
      'Security group of all machines of the environment',
    ),
    [environmentParameter.privateSubnets]: ssmParameter(
      'List<AWS::EC2::Subnet::Id>',
      at('subnets/private'),
      'Subnets of machines',
    ),
    [environmentParameter.publicSubnets]: ssmParameter(
      'List<AWS::EC2::Subnet::Id>',
      at('subnets/public'),
      'Subnets of public load balancers',
    ),
    [environmentParameter.privateZone]: ssmParameter('String', at('zones/private'), 'Hosted zone of cluster.local'),
    [environmentParameter.publicZone]: ssmParameter('String', at('zones/public'), 'Hosted zone of public names'),
    [environmentParameter.bucket]: ssmParameter('String', at('bucket'), 'Bucket of payloads too large for user data'),
    ...Object.fromEntries(
      zones.flatMap((zone) => [
        [
          subnet('Private', zone),
          ssmParameter('AWS::EC2::Subnet::Id', at(`subnets/private/${zone}`), `Subnet of machines in ${zone}`),
        ],
        [
          subnet('Public', zone),
          ssmParameter('AWS::EC2::Subnet::Id', at(`subnets/public/${zone}`), `Public subnet in ${zone}`),
        ],
      ]),
    ),
  };
}
