// A proxy on loopback, in front of the tests' AWS endpoint, that spoils one call: by its index, in the way that is asked for.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `lost`: the endpoint does what is asked, and its answer never arrives. `hang`: nothing is said for seconds, then the connection goes. */
export const wireFaults = ['throttle', '500', 'reset', 'lost', 'hang'] as const;
export type WireFault = (typeof wireFaults)[number];

export interface Wire {
  readonly endpoint: string;
  /** What was called since the last `spoil`, e.g. `ExecuteChangeSet`, in order. */
  readonly calls: readonly string[];
  /** The parameters of the newest call of an action, of services that take forms. */
  formOf(action: string): URLSearchParams | undefined;
  /** Forgets the calls, and spoils the one with this index; none for -1. */
  spoil(index: number, fault?: WireFault): void;
  /** How many calls were spoiled in all. */
  readonly spoiled: () => number;
  stop(): Promise<void>;
}

export async function startWire(endpoint: string): Promise<Wire> {
  const { hostname, port } = new URL(endpoint);
  const calls: string[] = [];
  let aim: { readonly index: number; readonly fault: WireFault } | undefined;
  const forms = new Map<string, string>();
  let spoiled = 0;
  const server = createServer((from, to) => {
    const parts: Buffer[] = [];
    from.on('data', (part: Buffer) => parts.push(part));
    from.on('end', () => {
      const body = Buffer.concat(parts);
      const target = from.headers['x-amz-target'];
      const action =
        /(?:^|&)Action=(\w+)/.exec(body.toString('latin1'))?.[1] ??
        String(target ?? from.method)
          .split('.')
          .at(-1) ??
        '';
      if (target === undefined) forms.set(action, body.toString('utf8'));
      const fault = aim?.index === calls.push(action) - 1 ? aim.fault : undefined;
      if (fault) spoiled++;
      if (fault === 'reset') return void from.socket.destroy();
      if (fault === 'hang') return void setTimeout(() => from.socket.destroy(), 2_000);
      if (fault === '500') return void to.writeHead(500).end('<Error><Code>InternalFailure</Code></Error>');
      if (fault === 'throttle') {
        const json = JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' });
        const xml = '<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>';
        return void to.writeHead(target ? 400 : from.method === 'POST' ? 400 : 503).end(target ? json : xml);
      }
      const on = request({ host: hostname, port, method: from.method, path: from.url, headers: from.headers }, (answer) => {
        if (fault === 'lost') {
          answer.resume();
          answer.on('end', () => from.socket.destroy());
        } else {
          to.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(to);
        }
      });
      on.on('error', () => from.socket.destroy());
      on.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    formOf: (action) => (forms.has(action) ? new URLSearchParams(forms.get(action)) : undefined),
    spoil(index, fault = 'reset') {
      calls.length = 0;
      aim = { index, fault };
    },
    spoiled: () => spoiled,
    stop: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}
