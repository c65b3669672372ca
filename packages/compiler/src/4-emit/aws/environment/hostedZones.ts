// Hosted zones: the private zone for names of Services, and the user's public zone.
import { domainOf, hostedZoneOf, isCrossAccountZone } from '../../../existingResources.ts';
import { ref, type Value } from '../../../template.ts';
import { type Environment, type EnvironmentEmitter, originMetadata, tags, vpcId } from './emitter.ts';
import * as ids from './logicalIds.ts';

/**
 * Seconds that resolvers cache a missing name. The default SOA of Route 53 means minutes, so a client that looks a
 * Service up before its first deployment would wait that long.
 *
 * A template cannot set it: AWS::Route53::HostedZone has no property for it, and AWS::Route53::RecordSet creates
 * records (it adopts an existing one only if it is identical), while the SOA exists as soon as the zone does.
 * Therefore the zone carries it in its metadata, and the caller changes the SOA's TTL and minimum
 * (ChangeResourceRecordSets, UPSERT) after applying the template.
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

/** The public zone that stacks of this account write to, as id or parameter; undefined if there is none. */
export function publicZoneId({ config, existing: found }: Environment): Value<string> | undefined {
  const zone = hostedZoneOf(config.hostedZone);
  if (zone === undefined || isCrossAccountZone(zone)) return undefined;
  return zone.id ?? found.hostedZone ?? ref(ids.publicZone);
}

/** The caller looks up the id by name; the parameter's type makes CloudFormation check that it exists. */
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
