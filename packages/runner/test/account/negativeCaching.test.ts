// The SOA of the private zone: set once, left alone then, and looked at again.
import { setNegativeCaching } from '../../src/account/negativeCaching.ts';
import type { NameChange, NameRecord, NamesPort } from '../../src/ports/names.ts';

const value = (minimum: number) => `ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 ${minimum}`;
const soa = (TTL: number, minimum: number): NameRecord => ({
  Name: 'cluster.local.',
  Type: 'SOA',
  TTL,
  ResourceRecords: [{ Value: value(minimum) }],
});

function zone(record: NameRecord | undefined, obeys = true) {
  let now = record;
  const changes: NameChange[] = [];
  const port: NamesPort = {
    at: async () => (now ? [now] : []),
    async change(_, asked) {
      changes.push(...asked);
      if (obeys) now = asked[0]?.record;
    },
  };
  return { port, changes };
}

test('both the TTL and the minimum become what they should be, and the rest stays', async () => {
  for (const record of [soa(900, 86_400), soa(5, 86_400), soa(900, 5)]) {
    const { port, changes } = zone(record);
    expect(await setNegativeCaching(port, 'Z1', 'cluster.local', 5)).toBe('changed');
    expect(changes).toEqual([
      { action: 'UPSERT', record: { Name: 'cluster.local', Type: 'SOA', TTL: 5, ResourceRecords: [{ Value: value(5) }] } },
    ]);
    expect(await setNegativeCaching(port, 'Z1', 'cluster.local', 5)).toBe('unchanged');
    expect(changes).toHaveLength(1);
  }
});

test('a zone that does not take it, or has none, is told of', async () => {
  expect(await setNegativeCaching(zone(soa(900, 86_400), false).port, 'Z1', 'cluster.local', 5)).toEqual({
    wrong: expect.stringContaining('not as it should be'),
  });
  expect(await setNegativeCaching(zone(undefined).port, 'Z1', 'cluster.local', 5)).toEqual({ wrong: expect.stringContaining('no SOA') });
});
