// AWS::Route53::RecordSet: names of machines. Machines of a StatefulSet have fixed addresses, so the template
// contains their records; the agents of other machines maintain theirs (`records` in user data).
import type { HeadlessService, MachineGroup } from '../../../plan.ts';
import { getAtt, type Resource, ref, resource, type Value } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import { hasFixedAddresses, ordinalName, ordinalRecordId, privateName } from '../resourceRefs.ts';

/** Seconds. An address changes only with its network interface. */
const recordTtl = '30';

export const machineRecords: Emitter = (context) => ({
  resources: {
    ...Object.fromEntries(context.plan.groups.flatMap(ordinalRecord)),
    ...Object.fromEntries(
      context.plan.headlessServices
        .filter((name) => hasFixedAddresses(context, name))
        .flatMap((name) => headlessServiceRecords(context, name)),
    ),
  },
});

const addressOf = (group: MachineGroup): Value<string> =>
  getAtt(ids.machineGroup.networkInterface(group), 'PrimaryPrivateIpAddress');

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

/** The Service's name resolves to all machines; a named port has an SRV record with their names and its number. */
function headlessServiceRecords(
  context: EmitContext,
  headless: HeadlessService,
): readonly (readonly [string, Resource])[] {
  const groups = headless.backends.map(context.group);
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
