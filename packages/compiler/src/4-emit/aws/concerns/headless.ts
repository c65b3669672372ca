// AWS::Route53::RecordSet: names of machines themselves. A StatefulSet's machines have fixed addresses, so that their names stand in the
// template; those of others come and go, and their agents keep the record (`records` in user data).
import type { HeadlessName, MachineGroup } from '../../../plan.ts';
import { getAtt, type Resource, ref, resource, type Value } from '../../../template.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { isFixed, ordinalName, ordinalRecordId, privateName } from '../wiring.ts';

/** Seconds. An address changes only with its interface. */
const ttl = '30';

export const headless: Concern = (target) => ({
  resources: {
    ...Object.fromEntries(target.plan.groups.flatMap(ofOrdinal)),
    ...Object.fromEntries(target.plan.headless.filter((name) => isFixed(target, name)).flatMap((name) => ofService(target, name))),
  },
});

const addressOf = (group: MachineGroup): Value<string> => getAtt(ids.group.interface(group), 'PrimaryPrivateIpAddress');

const recordSet = (origin: HeadlessName['origin'], name: string, type: string, values: readonly Value<string>[]): Resource =>
  resource('AWS::Route53::RecordSet', {
    Metadata: originOf(origin),
    Properties: { HostedZoneId: ref(ids.shared.privateZone), Name: `${name}.`, Type: type, TTL: ttl, ResourceRecords: values },
  });

/** `db-0.db.default.svc.cluster.local` */
function ofOrdinal(group: MachineGroup): readonly (readonly [string, Resource])[] {
  const id = ordinalRecordId(group);
  const name = ordinalName(group);
  return id === undefined || name === undefined ? [] : [[id, recordSet(group.origin, name, 'A', [addressOf(group)])]];
}

/** The Service's own name leads to all of them; a port that has a name, to their names and its number. */
function ofService(target: Target, headless: HeadlessName): readonly (readonly [string, Resource])[] {
  const groups = headless.backends.map(target.group);
  const names = groups.flatMap((group) => ordinalName(group) ?? []);
  const ports = headless.ports.flatMap(({ origin, name, protocol, targetPort }) => {
    if (name === undefined || names.length === 0) return [];
    const service = `_${name}._${protocol.toLowerCase()}`;
    const values = names.map((machine) => `0 10 ${targetPort} ${machine}.`);
    return [[ids.srv(headless, name, protocol), recordSet(origin, `${service}.${privateName(headless)}`, 'SRV', values)] as const];
  });
  return [[ids.record('Private', 'A', headless), recordSet(headless.origin, privateName(headless), 'A', groups.map(addressOf))], ...ports];
}
