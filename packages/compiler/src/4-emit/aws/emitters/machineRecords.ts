// AWS::Route53::RecordSet: names of machines themselves. A StatefulSet's machines have fixed addresses, so that their names stand in the
// template; those of others come and go, and their agents keep the record (`records` in user data).
import type { HeadlessService, MachineGroup } from '../../../plan.ts';
import { getAtt, type Resource, ref, resource, type Value } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import { hasFixedAddresses, ordinalName, ordinalRecordId, privateName } from '../resourceRefs.ts';

/** Seconds. An address changes only with its interface. */
const recordTtl = '30';

export const machineRecords: Emitter = (target) => ({
  resources: {
    ...Object.fromEntries(target.plan.groups.flatMap(ordinalRecord)),
    ...Object.fromEntries(
      target.plan.headlessServices
        .filter((name) => hasFixedAddresses(target, name))
        .flatMap((name) => headlessServiceRecords(target, name)),
    ),
  },
});

const addressOf = (group: MachineGroup): Value<string> =>
  getAtt(ids.machineGroup.interface(group), 'PrimaryPrivateIpAddress');

const recordSet = (
  origin: HeadlessService['origin'],
  name: string,
  type: string,
  values: readonly Value<string>[],
): Resource =>
  resource('AWS::Route53::RecordSet', {
    Metadata: originMetadata(origin),
    Properties: {
      HostedZoneId: ref(ids.environmentParameter.privateZone),
      Name: `${name}.`,
      Type: type,
      TTL: recordTtl,
      ResourceRecords: values,
    },
  });

/** `db-0.db.default.svc.cluster.local` */
function ordinalRecord(group: MachineGroup): readonly (readonly [string, Resource])[] {
  const id = ordinalRecordId(group);
  const name = ordinalName(group);
  return id === undefined || name === undefined ? [] : [[id, recordSet(group.origin, name, 'A', [addressOf(group)])]];
}

/** The Service's own name leads to all of them; a port that has a name, to their names and its number. */
function headlessServiceRecords(
  target: EmitContext,
  headless: HeadlessService,
): readonly (readonly [string, Resource])[] {
  const groups = headless.backends.map(target.group);
  const names = groups.flatMap((group) => ordinalName(group) ?? []);
  const ports = headless.ports.flatMap(({ origin, name, protocol, targetPort }) => {
    if (name === undefined || names.length === 0) return [];
    const service = `_${name}._${protocol.toLowerCase()}`;
    const values = names.map((machine) => `0 10 ${targetPort} ${machine}.`);
    return [
      [
        ids.srvRecord(headless, name, protocol),
        recordSet(origin, `${service}.${privateName(headless)}`, 'SRV', values),
      ] as const,
    ];
  });
  return [
    [
      ids.record('Private', 'A', headless),
      recordSet(headless.origin, privateName(headless), 'A', groups.map(addressOf)),
    ],
    ...ports,
  ];
}
