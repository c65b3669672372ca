// How long resolvers remember that a name of a zone is not there: its SOA's TTL or minimum, whichever is less (RFC 2308).
import type { NamesPort } from '../ports/names.ts';

type Done = 'changed' | 'unchanged' | { readonly wrong: string };

/** Sets both, unless they are so already, and reads them again. */
export async function setNegativeCaching(port: NamesPort, zone: string, name: string, seconds: number): Promise<Done> {
  const fields = await soaOf(port, zone, name);
  if (!fields) return { wrong: `The zone ${name} (${zone}) has no SOA record.` };
  if (has(fields, seconds)) return 'unchanged';
  const Value = [...fields.values.slice(0, 6), String(seconds)].join(' ');
  await port.change(zone, [{ action: 'UPSERT', record: { Name: name, Type: 'SOA', TTL: seconds, ResourceRecords: [{ Value }] } }]);
  const now = await soaOf(port, zone, name);
  return now && has(now, seconds) ? 'changed' : { wrong: `The SOA of the zone ${name} (${zone}) was changed, and is not as it should be.` };
}

interface Soa {
  readonly ttl: number | undefined;
  /** Primary server, mailbox, serial, refresh, retry, expire, minimum. */
  readonly values: readonly string[];
}

const has = ({ ttl, values }: Soa, seconds: number) => ttl === seconds && Number(values[6]) === seconds;

async function soaOf(port: NamesPort, zone: string, name: string): Promise<Soa | undefined> {
  const record = (await port.at(zone, name)).find(({ Type }) => Type === 'SOA');
  const values = (record?.ResourceRecords?.[0]?.Value ?? '').split(' ');
  return values.length === 7 ? { ttl: record?.TTL, values } : undefined;
}
