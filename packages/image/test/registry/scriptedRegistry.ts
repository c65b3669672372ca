// A registry whose responses a test chooses: challenges, refusals, silence.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach } from '@jest/globals';

export type Answerer = (request: IncomingMessage, body: string, response: ServerResponse) => void;

export interface ScriptedRegistry {
  readonly host: string;
  /** `GET /v2/…` of each request. */
  readonly seen: readonly string[];
}

const openServers: { close(): void }[] = [];
afterEach(() => {
  for (const each of openServers.splice(0)) each.close();
});

export async function startScriptedRegistry(answer: Answerer): Promise<ScriptedRegistry> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      seen.push(`${request.method} ${request.url}`);
      answer(request, body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  openServers.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  const address = server.address();
  return { host: `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, seen };
}
