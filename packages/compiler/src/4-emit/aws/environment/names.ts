// Names: the private zone in which machines find each other, and the public one, which is the user's own.
import { ref } from '../../../template.ts';
import { type Concern, originOf, tags } from './concern.ts';
import * as ids from './ids.ts';

/**
 * Seconds that resolvers remember that a name is not there; of the SOA that Route 53 makes it would be minutes, and whoever looks
 * a Service up before its first deployment would wait for them.
 *
 * A template cannot say it: AWS::Route53::HostedZone has no property for it, and AWS::Route53::RecordSet creates (it takes over a
 * record that is there only where it is the same to the letter), while the SOA is there as soon as the zone is. So the zone
 * carries it in its metadata, and who applies the template changes the SOA's TTL and minimum (ChangeResourceRecordSets, UPSERT).
 */
export const negativeCachingSeconds = 5;

export const names: Concern = (environment) => ({
  resources: {
    [ids.privateZone]: {
      Type: 'AWS::Route53::HostedZone',
      Metadata: { ...originOf(environment), 'i2kit:negative-caching-seconds': negativeCachingSeconds },
      Properties: {
        Name: 'cluster.local',
        HostedZoneConfig: { Comment: `Services of the i2kit environment ${environment.env}` },
        VPCs: [{ VPCId: ref(ids.vpc), VPCRegion: ref('AWS::Region') }],
        HostedZoneTags: tags(environment, 'names'),
      },
    },
  },
  ...publicZone(environment.config.hostedZone),
  outputs: { PrivateZoneId: { Description: 'Hosted zone of cluster.local', Value: ref(ids.privateZone) } },
});

/** Whoever applies the template looks its id up by the name; the parameter's type has CloudFormation check that it exists. */
const publicZone = (name: string | undefined) =>
  name === undefined
    ? {}
    : {
        parameters: {
          [ids.publicZone]: { Type: 'AWS::Route53::HostedZone::Id', Description: `Public hosted zone of ${name.replace(/\.$/, '')}` },
        },
      };
