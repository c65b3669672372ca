// The instance metadata service of a machine on the user's own computer: version 2, and as much of it as the agent reads.
import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalIdentity {
  readonly instance: string;
  readonly region: string;
  readonly address: string;
  readonly userData: string;
}

export const localCredentials = { id: 'ASIALOCAL00000000000', secret: 'local', token: 'local' };

const role = 'local';

export function metadata({ instance, region, address, userData }: LocalIdentity): RequestListener {
  const token = randomUUID();
  const expiration = '2099-01-01T00:00:00Z';
  const credentials = { AccessKeyId: localCredentials.id, SecretAccessKey: localCredentials.secret, Token: localCredentials.token };
  const pages: Readonly<Record<string, string>> = {
    'user-data': userData,
    'meta-data/instance-id': instance,
    'meta-data/local-ipv4': address,
    'meta-data/placement/region': region,
    'meta-data/placement/availability-zone': `${region}a`,
    'meta-data/iam/security-credentials/': role,
    [`meta-data/iam/security-credentials/${role}`]: JSON.stringify({
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

/** Listens on the loopback alone; gives the port. */
export async function loopback(listener: RequestListener): Promise<{ readonly port: number; close(): void }> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
