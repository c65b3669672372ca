// Names in a zone of another account: which records are written, which are left alone, and recovery from every fault
// at every call.
import {
  type Clients,
  type DnsRecordChange,
  type DnsRecordSet,
  dnsRecordsPlan,
  exitCodeOf,
  type HostedZonePort,
  isResult,
  ownershipRecordName,
  type Result,
  type RunEvent,
  reviewDnsRecords,
  writeDnsRecords,
} from '../../src/index.ts';
import {
  accessDenied,
  connectionReset,
  connectionTimeout,
  expiredToken,
  internalFailure,
  serviceError,
  throttlingError,
} from '../double/errors.ts';
import { harness, runToEnd } from '../double/harness.ts';

const owner = '123456789012/eu-west-1/prod-shop';
const stackName = 'prod-shop';
const web = { dnsName: 'web-1.elb.eu-west-1.amazonaws.com', hostedZone: 'ZELB' };
const aliases = { 'web.example.com': web, 'api.example.com': { ...web, dnsName: 'Api-2.elb.eu-west-1.amazonaws.com' } };

const others: readonly DnsRecordSet[] = [
  { Name: 'example.com.', Type: 'NS', TTL: 172800, ResourceRecords: [{ Value: 'ns-1.' }] },
  { Name: 'mail.example.com.', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] },
  { Name: '_i2kit.old.example.com.', Type: 'TXT', TTL: 300, ResourceRecords: [{ Value: '"i2kit owner=1/eu/other"' }] },
  {
    Name: 'old.example.com.',
    Type: 'A',
    AliasTarget: { DNSName: 'x.', HostedZoneId: 'Z', EvaluateTargetHealth: false },
  },
];

const keyOf = ({ Name = '', Type = '' }: DnsRecordSet): string => `${Name.toLowerCase()} ${Type}`;

interface Zone {
  readonly port: HostedZonePort;
  readonly records: Map<string, DnsRecordSet>;
  readonly batches: (readonly DnsRecordChange[])[];
  readonly names: () => readonly string[];
}

/** As in Route 53: pages, atomic batches, CREATE of missing records, DELETE of identical ones. */
function zoneOf(before: readonly DnsRecordSet[] = others): Zone {
  const records = new Map(before.map((each) => [keyOf(each), each]));
  const batches: (readonly DnsRecordChange[])[] = [];
  let looks = 0;
  const port: HostedZonePort = {
    id: 'Z1',
    name: 'example.com',
    async list(from) {
      const all = [...records.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      const at = from ? all.findIndex((each) => each.Name === from.name && each.Type === from.type) : 0;
      const next = all[at + 3];
      return {
        records: all.slice(at, at + 3),
        ...(next && { next: { name: next.Name ?? '', type: next.Type ?? '' } }),
      };
    },
    async change(changes) {
      const after = new Map(records);
      for (const { action, record } of changes) {
        const key = keyOf(record);
        const there = after.get(key);
        if (action === 'CREATE' && there)
          throw serviceError('InvalidChangeBatch', `Tried to create ${key} but it already exists`);
        if (action === 'DELETE' && JSON.stringify(there) !== JSON.stringify(record))
          throw serviceError('InvalidChangeBatch', `Tried to delete ${key} but it was not found`);
        if (action === 'DELETE') after.delete(key);
        else after.set(key, record);
      }
      records.clear();
      for (const [key, record] of after) records.set(key, record);
      batches.push(changes);
      return '/change/C1';
    },
    status: async () => (++looks % 2 === 1 ? 'PENDING' : 'INSYNC'),
  };
  return { port, records, batches, names: () => [...records.keys()].sort() };
}

const write = (
  clients: Clients,
  zone: HostedZonePort,
  wanted: typeof aliases | Record<string, never> = aliases,
  signal?: AbortSignal,
) =>
  runToEnd(
    writeDnsRecords(clients, { stackName, zone, aliases: wanted }, { timeoutMs: 600_000, ...(signal && { signal }) }),
  );

const wanted = [
  ...others.map(keyOf),
  ...Object.keys(aliases).flatMap((name) => [`${ownershipRecordName(name)}. TXT`, `${name}. A`, `${name}. AAAA`]),
].sort();

test('names are created with the mark of their owner, once', async () => {
  const { clients } = harness();
  const zone = zoneOf();
  expect((await write(clients, zone.port)).result).toMatchObject({ outcome: 'succeeded' });
  expect(zone.names()).toEqual(wanted);
  expect(zone.records.get('web.example.com. AAAA')?.AliasTarget).toEqual({
    DNSName: `${web.dnsName}.`,
    HostedZoneId: 'ZELB',
    EvaluateTargetHealth: false,
  });
  expect(zone.records.get('_i2kit.web.example.com. TXT')?.ResourceRecords).toEqual([
    { Value: `"i2kit owner=${owner}"` },
  ]);
  expect((await write(clients, zone.port)).result).toMatchObject({ outcome: 'unchanged' });
  expect(zone.batches).toHaveLength(1);
});

test('a moved load balancer changes only its name; a removed name is deleted; all are deleted with the stack', async () => {
  const { clients } = harness();
  const zone = zoneOf();
  await write(clients, zone.port);
  await write(clients, zone.port, { ...aliases, 'web.example.com': { ...web, dnsName: 'web-9.elb' } });
  expect(zone.batches[1]?.map(({ action, record }) => `${action} ${keyOf(record)}`)).toEqual([
    'UPSERT _i2kit.web.example.com. TXT',
    'UPSERT web.example.com. A',
    'UPSERT web.example.com. AAAA',
  ]);
  await write(clients, zone.port, { 'api.example.com': aliases['api.example.com'] } as never);
  expect(zone.names()).not.toContain('web.example.com. A');
  expect(zone.names()).toContain('api.example.com. A');
  await write(clients, zone.port, {});
  expect([...zone.records.values()]).toEqual(expect.arrayContaining([...others]));
  expect(zone.names()).toEqual(others.map(keyOf).sort());
});

test.each([
  [
    'an address',
    { Name: 'web.example.com.', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.7' }] },
    /web\.example\.com belongs to another owner \(A 192\.0\.2\.7\)/,
  ],
  [
    'another name',
    { Name: 'web.example.com.', Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value: 'a.' }] },
    /CNAME a\./,
  ],
  [
    'another stack',
    {
      Name: '_i2kit.web.example.com.',
      Type: 'TXT',
      TTL: 60,
      ResourceRecords: [{ Value: '"i2kit owner=1/us-east-1/x"' }],
    },
    /1\/us-east-1\/x/,
  ],
])('a name that is %s is left alone', async (_, record, said) => {
  const { clients } = harness();
  const zone = zoneOf([...others, record]);
  const { result } = await write(clients, zone.port);
  expect([exitCodeOf(result), result.reason, result.message]).toEqual([4, 'taken', expect.stringMatching(said)]);
  expect(zone.batches).toEqual([]);
  expect((await reviewDnsRecords(clients, { stackName, zone: zone.port, aliases })).taken).toMatchObject([
    { name: 'web.example.com' },
  ]);
});

test('a faster owner keeps the name', async () => {
  const { clients } = harness();
  const zone = zoneOf();
  let first = true;
  const port: HostedZonePort = {
    ...zone.port,
    change(changes) {
      if (first)
        zone.records.set('web.example.com. A', {
          Name: 'web.example.com.',
          Type: 'A',
          TTL: 1,
          ResourceRecords: [{ Value: '192.0.2.9' }],
        });
      first = false;
      return zone.port.change(changes);
    },
  };
  expect((await write(clients, port)).result).toMatchObject({ outcome: 'refused', reason: 'taken' });
  expect(zone.batches).toEqual([]);
});

describe('a fault at every call', () => {
  type Fault = (
    effect: () => Promise<unknown>,
    since: number,
    control: { abort(): void; refreshed(): boolean },
  ) => Promise<unknown>;
  const never = new Promise<never>(() => {});
  const before =
    (make: () => Error): Fault =>
    async (effect, since) =>
      since === 0 ? Promise.reject(make()) : effect();
  const after =
    (make: () => Error): Fault =>
    async (effect, since) =>
      since === 0 ? effect().then(() => Promise.reject(make())) : effect();
  const table: Readonly<
    Record<
      string,
      { readonly how: Fault; readonly exits: readonly number[]; readonly refreshes?: true; readonly kills?: true }
    >
  > = {
    throttled: { how: before(throttlingError), exits: [0] },
    'HTTP 500': { how: before(internalFailure), exits: [0] },
    'HTTP 500 after the effect': { how: after(internalFailure), exits: [0] },
    'connection reset after the effect': { how: after(connectionReset), exits: [0] },
    'timeout after the effect': { how: after(connectionTimeout), exits: [0] },
    'sent twice by the network': {
      how: async (effect, since) => (since === 0 ? effect().then(effect) : effect()),
      exits: [0],
    },
    'credentials expired, newer ones found': {
      how: async (effect, _, { refreshed }) => (refreshed() ? effect() : Promise.reject(expiredToken())),
      exits: [0],
      refreshes: true,
    },
    'credentials expired for good': { how: () => Promise.reject(expiredToken()), exits: [3] },
    'access denied': { how: () => Promise.reject(accessDenied('x')), exits: [0, 3] },
    'network gone for good': { how: () => Promise.reject(connectionReset()), exits: [3, 5] },
    'Ctrl-C': {
      how: (effect, since, { abort }) => {
        if (since === 0) abort();
        return effect();
      },
      exits: [0, 130],
    },
    'SIGKILL before the call': { how: () => never, exits: [], kills: true },
    'SIGKILL after the effect': { how: (effect) => effect().then(() => never), exits: [], kills: true },
  };

  async function play(
    name: string,
    target: number,
  ): Promise<{ readonly calls: number; readonly result: Result | undefined; readonly zone: Zone }> {
    const row = table[name];
    const zone = zoneOf();
    const abort = new AbortController();
    let calls = 0;
    let since = 0;
    let refreshed = false;
    let killed = (): void => {};
    const dead = new Promise<undefined>((resolve) => {
      killed = () => resolve(undefined);
    });
    const { clients } = harness(row?.refreshes ? { refreshCredentials: async () => (refreshed = true) } : {});
    const through = async (effect: () => Promise<unknown>): Promise<never> => {
      const at = calls++;
      if (row === undefined || target < 0 || at < target) return (await effect()) as never;
      if (row.kills && at === target) setImmediate(() => setImmediate(killed));
      return (await row.how(effect, since++, { abort: () => abort.abort(), refreshed: () => refreshed })) as never;
    };
    const port: HostedZonePort = {
      ...zone.port,
      list: (from) => through(() => zone.port.list(from)),
      change: (changes) => through(() => zone.port.change(changes)),
      status: (id) => through(() => zone.port.status(id)),
    };
    const result = await Promise.race([write(clients, port, aliases, abort.signal).then((each) => each.result), dead]);
    return { calls, result, zone };
  }

  test.each(Object.keys(table))('%s', async (name) => {
    const { calls } = await play(name, -1);
    expect(calls).toBeGreaterThanOrEqual(5);
    for (let target = 0; target < calls; target++) {
      const { result, zone } = await play(name, target);
      const { exits, kills } = table[name] as (typeof table)[string];
      if (!kills) expect(exits).toContain(result && exitCodeOf(result));
      if (result && exitCodeOf(result) === 0) expect(zone.names()).toEqual(wanted);
      else expect([others.map(keyOf).sort(), wanted]).toContainEqual(zone.names());
      if (result && [3, 5, 130].includes(exitCodeOf(result)))
        expect(result.message).toMatch(/may not have been written/);
      // Running the same command again repairs it; a third run does nothing.
      const { clients } = harness();
      expect(exitCodeOf((await write(clients, zone.port)).result)).toBe(0);
      expect(zone.names()).toEqual(wanted);
      expect((await write(clients, zone.port)).result.outcome).toBe('unchanged');
      expect(zone.batches.length).toBeLessThanOrEqual(2);
    }
  });
});

test('a plan does not depend on the order of the zone, nor on upper case', () => {
  const records = [
    ...others,
    { Name: 'WEB.example.com.', Type: 'A', TTL: 1, ResourceRecords: [{ Value: '192.0.2.1' }] },
  ];
  expect(dnsRecordsPlan(records, aliases, owner)).toEqual(dnsRecordsPlan(records.toReversed(), aliases, owner));
  expect(dnsRecordsPlan(records, aliases, owner).taken).toHaveLength(1);
});

test('every event has a code, and the last one is the result', async () => {
  const { clients } = harness();
  const events: RunEvent[] = [];
  for await (const event of writeDnsRecords(clients, { stackName, zone: zoneOf().port, aliases })) events.push(event);
  expect(events.map(({ code }) => code)).toEqual(expect.arrayContaining(['I2K811', 'I2K881']));
  expect(events.filter(isResult)).toHaveLength(1);
});
