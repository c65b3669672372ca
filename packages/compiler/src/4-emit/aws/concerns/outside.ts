// AWS::Route53::RecordSet: names of Services whose machines are other stacks', which the context has found.
import type { Outside } from '../../../plan.ts';
import { type Resource, ref, resource } from '../../../template.ts';
import { type Concern, originOf } from '../concern.ts';
import * as ids from '../ids.ts';
import { privateName } from '../wiring.ts';

export const outside: Concern = (target) => ({ resources: Object.fromEntries(target.plan.outside.flatMap(recordsOf)) });

/** A share for each load balancer: one alone is weighted, too, so that a second one can join it. */
const recordsOf = (service: Outside): readonly (readonly [string, Resource])[] =>
  service.balancers.map(({ dnsName, zone, weight }) => [
    ids.weightedRecord('Private', 'A', service, dnsName),
    resource('AWS::Route53::RecordSet', {
      Metadata: originOf(service.origin),
      Properties: {
        HostedZoneId: ref(ids.shared.privateZone),
        Name: `${privateName(service)}.`,
        Type: 'A',
        SetIdentifier: dnsName,
        Weight: weight,
        // Where nothing is healthy behind one, the others have its share.
        AliasTarget: { DNSName: dnsName, HostedZoneId: zone, EvaluateTargetHealth: true },
      },
    }),
  ]);
