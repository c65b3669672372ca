// Names: the private zone in which machines find each other, and the public one, which is the user's own.
import { domainOf, hostedZoneOf, isCrossAccountZone } from '../../../existingResources.ts';
import { ref, type Value } from '../../../template.ts';
import { type Environment, type EnvironmentEmitter, originMetadata, tags, vpcId } from './emitter.ts';
import * as ids from './logicalIds.ts';

/**
 * Seconds that resolvers remember that a name is not there; of the SOA that Route 53 makes it would be minutes, and whoever looks
 * a Service up before its first deployment would wait for them.
 *
 * A template cannot say it: AWS::Route53::HostedZone has no property for it, and AWS::Route53::RecordSet creates (it takes over a
 * record that is there only where it is the same to the letter), while the SOA is there as soon as the zone is. So the zone
 * carries it in its metadata, and who applies the template changes the SOA's TTL and minimum (ChangeResourceRecordSets, UPSERT).
 */
export const negativeCachingSeconds = 5;

export const hostedZones: EnvironmentEmitter = (environment) => ({
  resources: {
    [ids.privateZone]: {
      Type: 'AWS::Route53::HostedZone',
      Metadata: { ...originMetadata(environment), 'i2kit:negative-caching-seconds': negativeCachingSeconds },
      Properties: {
        Name: 'cluster.local',
        HostedZoneConfig: { Comment: `Services of the i2kit environment ${environment.env}` },
        VPCs: [{ VPCId: vpcId(environment), VPCRegion: ref('AWS::Region') }],
        HostedZoneTags: tags(environment, 'names'),
      },
    },
  },
  ...publicZoneParameter(environment),
  outputs: { PrivateZoneId: { Description: 'Hosted zone of cluster.local', Value: ref(ids.privateZone) } },
});

/** The zone in which stacks of this account make records: by its id, or a parameter; undefined where there is none. */
export function publicZoneId({ config, existing: found }: Environment): Value<string> | undefined {
  const zone = hostedZoneOf(config.hostedZone);
  if (zone === undefined || isCrossAccountZone(zone)) return undefined;
  return zone.id ?? found.hostedZone ?? ref(ids.publicZone);
}

/** Whoever applies the template looks its id up by the name; the parameter's type has CloudFormation check that it exists. */
const publicZoneParameter = (environment: Environment) =>
  typeof publicZoneId(environment) !== 'object'
    ? {}
    : {
        parameters: {
          [ids.publicZone]: {
            Type: 'AWS::Route53::HostedZone::Id',
            Description: `Public hosted zone of ${domainOf(environment.config)}`,
          },
        },
      };
