// The SOA of the private zone: set once, left alone afterwards, and verified.
import { setNegativeCacheTtl } from '../../src/dnsRecords/negativeCaching.ts';
import type { DnsRecordChange, DnsRecordSet, DnsRecordsPort } from '../../src/ports/route53.ts';

const value = (minimum: number) =>
  `ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 ${minimum}`;
const soa = (TTL: number, minimum: number): DnsRecordSet => ({
  Name: 'cluster.local.',
  Type: 'SOA',
  TTL,
  ResourceRecords: [{ Value: value(minimum) }],
});

function zone(record: DnsRecordSet | undefined, obeys = true) {
  let now = record;
  const changes: DnsRecordChange[] = [];
  const port: DnsRecordsPort = {
    listRecordsAt: async () => (now ? [now] : []),
    async changeRecords(_, asked) {
      changes.push(...asked);
      if (obeys) now = asked[0]?.record;
    },
  };
  return { port, changes };
}

test('both the TTL and the minimum are set, and the rest stays', async () => {
  for (const record of [soa(900, 86_400), soa(5, 86_400), soa(900, 5)]) {
    const { port, changes } = zone(record);
    expect(await setNegativeCacheTtl(port, 'Z1', 'cluster.local', 5)).toEqual({ ok: true, value: 'changed' });
    expect(changes).toEqual([
      {
        action: 'UPSERT',
        record: { Name: 'cluster.local', Type: 'SOA', TTL: 5, ResourceRecords: [{ Value: value(5) }] },
      },
    ]);
    expect(await setNegativeCacheTtl(port, 'Z1', 'cluster.local', 5)).toEqual({ ok: true, value: 'unchanged' });
    expect(changes).toHaveLength(1);
  }
});

test('a zone that ignores the change, or has no SOA, is reported', async () => {
  expect(await setNegativeCacheTtl(zone(soa(900, 86_400), false).port, 'Z1', 'cluster.local', 5)).toEqual({
    ok: false,
    problems: [{ message: expect.stringContaining('does not have the requested values') }],
  });
  expect(await setNegativeCacheTtl(zone(undefined).port, 'Z1', 'cluster.local', 5)).toEqual({
    ok: false,
    problems: [{ message: expect.stringContaining('no SOA') }],
  });
});
