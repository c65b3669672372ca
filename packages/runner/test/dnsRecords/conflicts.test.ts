// Conflicts of DNS records: which existing records conflict, and taking a name over and back.
import {
  findRecordConflicts,
  recordSetsIn,
  removeConflictingRecords,
  type StackRecord,
} from '../../src/dnsRecords/conflicts.ts';
import type { DnsRecordSet, DnsRecordsPort } from '../../src/ports/route53.ts';
import { dnsName } from '../../src/ports/route53.ts';

/** A zone in memory. */
function zone(records: readonly DnsRecordSet[]) {
  let all = [...records];
  const asked: string[] = [];
  const port: DnsRecordsPort = {
    async listRecordsAt(_, name) {
      asked.push(name);
      return all.filter((record) => dnsName(record.Name ?? '') === dnsName(name));
    },
    async changeRecords(_, changes) {
      for (const { action, record } of changes) {
        if (action === 'DELETE') all = all.filter((each) => JSON.stringify(each) !== JSON.stringify(record));
        else all.push(record);
      }
    },
  };
  return { port, asked, all: () => all };
}

const wanted = (type = 'A', set?: string) => ({
  logicalId: 'X',
  zone: 'Z1',
  name: 'web.example.com.',
  type,
  ...(set !== undefined && { set }),
});
const record = (Type: string, more: Partial<DnsRecordSet> = {}): DnsRecordSet => ({
  Name: 'Web.example.com.',
  Type,
  TTL: 60,
  ResourceRecords: [{ Value: 'x' }],
  ...more,
});
const own = (type: string, set?: string): StackRecord => ({
  name: 'web.example.com.',
  type,
  ...(set !== undefined && { set }),
});

test.each([
  ['no record exists', wanted(), [], [], []],
  ['another record exists', wanted(), [record('A')], [], [false]],
  ['the existing record is of a type that may stay', wanted(), [record('TXT'), record('AAAA')], [], []],
  ['a CNAME is alone', wanted(), [record('CNAME')], [], [false]],
  ['and allows no other record', wanted('CNAME'), [record('A'), record('AAAA'), record('NS')], [], [false, false]],
  ["the stack's own record is not read", wanted(), [record('A')], [own('A')], []],
  ["the stack's own record of another type conflicts", wanted('CNAME'), [record('A')], [own('A')], [true]],
  ['and so does one without a weight', wanted('A', 's'), [record('A')], [own('A')], [true]],
  ['its other weighted records do not', wanted('A', 's'), [record('A', { SetIdentifier: 't' })], [own('A', 't')], []],
  ['weighted records of another owner do', wanted('A', 's'), [record('A', { SetIdentifier: 't' })], [], [false]],
])('%s', async (_, each, there, ours, found) => {
  const { port, asked } = zone(there);
  expect((await findRecordConflicts(port, [each], ours)).map((conflict) => conflict.ownedByStack)).toEqual(found);
  expect(asked).toHaveLength(
    ours.some((one) => one.type === each.type && one.set === ('set' in each ? each.set : undefined)) ? 0 : 1,
  );
});

test('a taken record is deleted exactly, once, and restored unless another has taken the name', async () => {
  const there = [record('CNAME'), record('TXT')];
  const { port, all } = zone(there);
  const conflicts = await findRecordConflicts(port, [wanted('A'), wanted('AAAA')], []);
  expect(conflicts).toHaveLength(2);
  const taken = await removeConflictingRecords(port, conflicts);
  expect(all()).toEqual([there[1]]);
  await taken.restore();
  expect(all()).toEqual([there[1], there[0]]);
  await taken.restore();
  expect(all()).toHaveLength(2);
});

test("a template's records are read with their zones; those without a zone are skipped", () => {
  const of = (Properties: object, Type = 'AWS::Route53::RecordSet') => ({ Type, Properties });
  const template = {
    Resources: {
      A: of({ HostedZoneId: { Ref: 'PrivateZone' }, Name: 'Web.default.svc.cluster.local.', Type: 'A' }),
      B: of({ HostedZoneId: 'Z2', Name: 'b.example.com', Type: 'A', SetIdentifier: 's' }),
      C: of({ HostedZoneId: { Ref: 'Unknown' }, Name: 'c.example.com', Type: 'A' }),
      D: of({}, 'AWS::SNS::Topic'),
    },
  };
  const zoneOf = (id: unknown) => (typeof id === 'string' ? id : Object(id).Ref === 'PrivateZone' ? 'Z1' : undefined);
  expect(recordSetsIn(JSON.stringify(template), zoneOf)).toEqual([
    { logicalId: 'A', zone: 'Z1', name: 'web.default.svc.cluster.local.', type: 'A' },
    { logicalId: 'B', zone: 'Z2', name: 'b.example.com.', type: 'A', set: 's' },
  ]);
});
