// Sets how long resolvers cache that a name does not exist: the lower of the SOA's TTL and minimum (RFC 2308).
import { failure, type Outcome, success } from '@i2kit/common';
import type { DnsRecordsPort } from '../ports/route53.ts';

/** Sets both, unless they have these values already, and reads them again. */
export async function setNegativeCacheTtl(
  port: DnsRecordsPort,
  zone: string,
  name: string,
  seconds: number,
): Promise<Outcome<'changed' | 'unchanged'>> {
  const fields = await readSoaRecord(port, zone, name);
  if (!fields) return failure({ message: `The zone ${name} (${zone}) has no SOA record.` });
  if (hasTtl(fields, seconds)) return success('unchanged');
  const Value = [...fields.values.slice(0, 6), String(seconds)].join(' ');
  await port.changeRecords(zone, [
    { action: 'UPSERT', record: { Name: name, Type: 'SOA', TTL: seconds, ResourceRecords: [{ Value }] } },
  ]);
  const now = await readSoaRecord(port, zone, name);
  return now && hasTtl(now, seconds)
    ? success('changed')
    : failure({
        message: `The SOA of the zone ${name} (${zone}) was changed, but does not have the requested values.`,
      });
}

interface SoaRecord {
  readonly ttl: number | undefined;
  /** Primary server, mailbox, serial, refresh, retry, expire, minimum. */
  readonly values: readonly string[];
}

const hasTtl = ({ ttl, values }: SoaRecord, seconds: number) => ttl === seconds && Number(values[6]) === seconds;

async function readSoaRecord(port: DnsRecordsPort, zone: string, name: string): Promise<SoaRecord | undefined> {
  const record = (await port.listRecordsAt(zone, name)).find(({ Type }) => Type === 'SOA');
  const values = (record?.ResourceRecords?.[0]?.Value ?? '').split(' ');
  return values.length === 7 ? { ttl: record?.TTL, values } : undefined;
}
