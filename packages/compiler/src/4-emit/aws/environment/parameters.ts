// What the environment hands over to apps: SSM parameters under `/i2kit/<env>/`, read by handover.ts on the other side.
//
// Parameters rather than exports: an export that is in use can never change, and so deadlocks updates.
import { getAtt, join, type Resource, ref, type Value } from '../../../template.ts';
import { handover } from '../handover.ts';
import { type Concern, type Environment, originOf, tagMap } from './concern.ts';
import * as ids from './ids.ts';

interface Handover {
  /** Below `/i2kit/<env>/`; in an id it stands as it is here. */
  readonly path: string;
  /** What the path ends with, where that is known to CloudFormation alone. */
  readonly zone?: Value<string>;
  readonly value: Value<string> | readonly Value<string>[];
}

export const parameters: Concern = (environment) => ({
  resources: Object.fromEntries(
    handovers(environment).map(({ path, zone, value }): [string, Resource] => {
      const name = `${handover(environment.env)}/${path}`;
      return [
        ids.handover(path),
        {
          Type: 'AWS::SSM::Parameter',
          Metadata: originOf(environment),
          Properties: {
            Name: zone === undefined ? name : join('', [name.replace(/[^/]+$/, ''), zone]),
            Type: isList(value) ? 'StringList' : 'String',
            Value: isList(value) ? join(',', value) : value,
            Tags: tagMap(environment, path),
          },
        },
      ];
    }),
  ),
});

const isList = (value: Handover['value']): value is readonly Value<string>[] => Array.isArray(value);

function handovers({ config, egress, zones }: Environment): readonly Handover[] {
  const subnets = (path: string, visibility: ids.Visibility): readonly Handover[] => [
    { path, value: zones.map((zone) => ref(ids.subnet(visibility, zone))) },
    ...zones.map((zone) => {
      const id = ids.subnet(visibility, zone);
      return { path: `${path}/${zone}`, zone: getAtt(id, 'AvailabilityZone'), value: ref(id) };
    }),
  ];
  return [
    { path: 'vpc-id', value: ref(ids.vpc) },
    { path: 'members', value: ref(ids.members) },
    ...subnets('subnets/private', 'Private'),
    ...subnets('subnets/public', 'Public'),
    { path: 'egress', value: egress },
    { path: 'zones/private', value: ref(ids.privateZone) },
    ...(config.hostedZone === undefined ? [] : [{ path: 'zones/public', value: ref(ids.publicZone) }]),
    ...(config.bucket === false ? [] : [{ path: 'bucket', value: ref(ids.bucket) }]),
  ];
}
