// A stand-in for EC2's metadata service: version 2 only, as i2kit's launch templates require.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MetadataService {
  readonly port: number;
  /** Paths below /latest/; may be changed at any time. */
  readonly values: Map<string, string>;
  /** Requests without a token, which version 1 would have answered. */
  readonly refused: string[];
  stop(): Promise<void>;
}

export async function startMetadataService(values: Readonly<Record<string, string>>): Promise<MetadataService> {
  const token = randomUUID();
  const known = new Map(Object.entries(values));
  const refused: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/^\/latest\//, '');
    const say = (status: number, text = '') => response.writeHead(status, { connection: 'close' }).end(text);
    if (path === 'api/token')
      return say(
        request.method === 'PUT' && request.headers['x-aws-ec2-metadata-token-ttl-seconds'] ? 200 : 400,
        token,
      );
    if (request.headers['x-aws-ec2-metadata-token'] !== token) {
      refused.push(path);
      return say(401);
    }
    const value = known.get(path);
    return value === undefined ? say(404) : say(200, value);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    values: known,
    refused,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
