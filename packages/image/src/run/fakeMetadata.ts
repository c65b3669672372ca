// The instance metadata service of a local machine: version 2, as far as the agent uses it.
import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';

export interface FakeMetadataOptions {
  readonly instance: string;
  readonly region: string;
  readonly address: string;
  readonly userData: string;
}

export const fakeCredentials = { id: 'ASIALOCAL00000000000', secret: 'local', token: 'local' };

const roleName = 'local';

export function fakeMetadata({ instance, region, address, userData }: FakeMetadataOptions): RequestListener {
  const token = randomUUID();
  const expiration = '2099-01-01T00:00:00Z';
  const credentials = {
    AccessKeyId: fakeCredentials.id,
    SecretAccessKey: fakeCredentials.secret,
    Token: fakeCredentials.token,
  };
  const pages: Readonly<Record<string, string>> = {
    'user-data': userData,
    'meta-data/instance-id': instance,
    'meta-data/local-ipv4': address,
    'meta-data/placement/region': region,
    'meta-data/placement/availability-zone': `${region}a`,
    'meta-data/iam/security-credentials/': roleName,
    [`meta-data/iam/security-credentials/${roleName}`]: JSON.stringify({
      Code: 'Success',
      Type: 'AWS-HMAC',
      ...credentials,
      Expiration: expiration,
    }),
  };
  return (request, response) => {
    const answer = (status: number, text: string) =>
      response.writeHead(status, { connection: 'close', 'content-type': 'text/plain' }).end(text);
    request.resume();
    const path = (request.url ?? '').replace(/^\/latest\//, '');
    if (request.method === 'PUT' && path === 'api/token') return answer(200, token);
    if (request.headers['x-aws-ec2-metadata-token'] !== token) return answer(401, 'a token is needed');
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    return page === undefined ? answer(404, 'not here') : answer(200, page);
  };
}

/** Bytes of a key; sent as hexadecimal digits. */
const keyBytes = 32;
/** Milliseconds in which a connection must send its key. */
const patience = 10_000;

export const newKey = (): string => randomBytes(keyBytes).toString('hex');

/**
 * Listens on loopback and returns the port. Every user of the computer can connect to it, so a connection must begin
 * with the key; any other is closed without a response.
 */
export async function listenOnLoopback(
  listener: RequestListener,
  key: string,
): Promise<{ readonly port: number; close(): void }> {
  const http = createServer(listener);
  const open = new Set<Socket>();
  const server = createSocketServer({ pauseOnConnect: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    admit(socket, Buffer.from(key), () => http.emit('connection', socket));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** Reads the key off a connection, and passes on the rest. */
function admit(socket: Socket, key: Buffer, admitted: () => void): void {
  const end = () => void socket.destroy();
  const timer = setTimeout(end, patience);
  socket.on('error', end).on('close', () => clearTimeout(timer));
  const read = () => {
    const said: Buffer | null = socket.read(key.length);
    if (said === null) return;
    socket.off('readable', read);
    clearTimeout(timer);
    if (said.length === key.length && timingSafeEqual(said, key)) admitted();
    else end();
  };
  socket.on('readable', read);
}

/**
 * A command that connects its input and output to a port; QEMU starts one per connection, so it must be light. The
 * key is read from a file, because every user of the computer can read the arguments of a program.
 */
export function pipeTo(port: number, keyFile: string, onPath: (name: string) => string | undefined): string {
  const [busybox, nc] = [onPath('busybox'), onPath('nc')];
  const script =
    'const [p,k]=process.argv.slice(1),s=require("net").connect(p,"127.0.0.1");s.write(require("fs").readFileSync(k));process.stdin.pipe(s);s.pipe(process.stdout)';
  if (!busybox && !nc) return [process.execPath, '-e', script, String(port), keyFile].map(quoted).join(' ');
  return `/bin/sh -c ${quoted(`{ cat ${quoted(keyFile)}; exec cat; } | ${busybox ? `${quoted(busybox)} nc` : quoted(nc ?? '')} 127.0.0.1 ${port}`)}`;
}

/** Quoted as one word for a shell and for QEMU. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
