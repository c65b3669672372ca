// SSM parameters under `/i2kit/<env>/`, by which apps read the environment's resources (see
// environmentParameters.ts).
//
// Parameters rather than exports: CloudFormation never lets an export in use change, which deadlocks updates.
import { join, type Resource, ref, type Value } from '../../../template.ts';
import { environmentParameterPrefix } from '../environmentParameters.ts';
import { bucketName } from './bucket.ts';
import { type Environment, type EnvironmentEmitter, originMetadata, tagMap, vpcId } from './emitter.ts';
import { publicZoneId } from './hostedZones.ts';
import * as ids from './logicalIds.ts';
import { memberSecurityGroupId } from './memberSecurityGroup.ts';
import { subnetsOf } from './vpc.ts';

interface SharedParameter {
  /** Below `/i2kit/<env>/`; part of the logical id. */
  readonly path: string;
  /** Last segment of the path, if only CloudFormation knows it. */
  readonly zone?: Value<string>;
  readonly value: Value<string> | readonly Value<string>[];
}

export const sharedParameters: EnvironmentEmitter = (environment) => ({
  resources: Object.fromEntries(
    sharedParametersOf(environment).map(({ path, zone, value }): [string, Resource] => {
      const name = `${environmentParameterPrefix(environment.env)}/${path}`;
      return [
        ids.ssmParameter(path),
        {
          Type: 'AWS::SSM::Parameter',
          Metadata: originMetadata(environment),
          Properties: {
            Name: zone === undefined ? name : join('', [name.slice(0, name.lastIndexOf('/') + 1), zone]),
            Type: isList(value) ? 'StringList' : 'String',
            Value: isList(value) ? join(',', value) : value,
            Tags: tagMap(environment, path),
          },
        },
      ];
    }),
  ),
});

const isList = (value: SharedParameter['value']): value is readonly Value<string>[] => Array.isArray(value);

function sharedParametersOf(environment: Environment): readonly SharedParameter[] {
  const subnets = (path: string, visibility: ids.Visibility): readonly SharedParameter[] => {
    const all = subnetsOf(environment, visibility);
    if (all.length === 0) return [];
    return [
      { path, value: all.map(({ id }) => id) },
      ...all.map(({ zone, id }, index) => ({ path: `${path}/${index + 1}`, zone, value: id })),
    ];
  };
  const publicZone = publicZoneId(environment);
  const bucket = bucketName(environment);
  return [
    { path: 'vpc-id', value: vpcId(environment) },
    { path: 'members', value: memberSecurityGroupId(environment) },
    ...subnets('subnets/private', 'Private'),
    ...subnets('subnets/public', 'Public'),
    { path: 'egress', value: environment.egress },
    { path: 'zones/private', value: ref(ids.privateZone) },
    ...(publicZone === undefined ? [] : [{ path: 'zones/public', value: publicZone }]),
    ...(bucket === undefined ? [] : [{ path: 'bucket', value: bucket }]),
  ];
}
