// The registry client against a real registry.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { registryClient } from '../../src/registry/index.ts';
import { useScratchFolder } from '../support/scratchFolder.ts';
import { findTool, testWithTools } from '../support/tools.ts';
import { type RegistryServer, startRegistryServer } from './registryServer.ts';

const at = useScratchFolder();
const here = testWithTools('crane', 'tar');
const client = registryClient({ credentials: async () => undefined });
let server: RegistryServer | undefined;

beforeAll(async () => {
  if (findTool('crane')) server = await startRegistryServer();
});
afterAll(() => server?.stop());

/** An image for one platform; its digest. */
function push(tag: string, platform: string, ...changes: readonly string[]): string {
  if (!server) throw new Error('no registry');
  writeFileSync(at('file'), `${tag} ${platform}`);
  spawnSync('tar', ['-C', at(), '-cf', at('layer.tar'), 'file']);
  server.crane(
    'append',
    '--platform',
    platform,
    '-f',
    at('layer.tar'),
    '-t',
    `${server.host}/${tag}`,
    '--oci-empty-base',
  );
  server.crane(
    'mutate',
    `${server.host}/${tag}`,
    '--set-platform',
    platform,
    '-t',
    `${server.host}/${tag}`,
    ...changes,
  );
  return server.crane('digest', `${server.host}/${tag}`);
}

here('one manifest: its digest, and what its configuration says', async () => {
  const changes = [
    '--env',
    'A=1',
    '--env',
    'B=x=y',
    '--entrypoint',
    '/run',
    '--cmd',
    'serve,now',
    '--user',
    '1000:1000',
    '--workdir',
    '/srv',
  ];
  const digest = push('team/web:v1', 'linux/amd64', ...changes);
  const reference = `${server?.host}/team/web:v1`;
  expect(await client.digest(reference)).toBe(digest);
  expect(await client.digest(`${server?.host}/team/web@${digest}`)).toBe(digest);
  const config = await client.config(reference, 'amd64');
  expect(config).toMatchObject({
    os: 'linux',
    architecture: 'amd64',
    entrypoint: ['/run'],
    cmd: ['serve', 'now'],
    user: '1000:1000',
    workingDir: '/srv',
  });
  expect(config.env).toEqual(expect.arrayContaining(['A=1', 'B=x=y']));
  await expect(client.config(reference, 'arm64')).rejects.toMatchObject({
    code: 'platform-absent',
    hint: 'Available platforms: linux/amd64.',
  });
});

here('an index: one digest, a configuration for each platform', async () => {
  push('multi:amd', 'linux/amd64', '--cmd', '/amd');
  push('multi:arm', 'linux/arm64', '--cmd', '/arm');
  const { host, crane } = server as RegistryServer;
  crane('index', 'append', '-m', `${host}/multi:amd`, '-m', `${host}/multi:arm`, '-t', `${host}/multi:both`);
  const digest = crane('digest', `${host}/multi:both`);
  expect(await client.digest(`${host}/multi:both`)).toBe(digest);
  expect((await client.config(`${host}/multi@${digest}`, 'amd64')).cmd).toEqual(['/amd']);
  expect((await client.config(`${host}/multi:both`, 'arm64')).cmd).toEqual(['/arm']);
});

here('what is not there', async () => {
  push('there:v1', 'linux/amd64');
  await expect(client.digest(`${server?.host}/there:v2`)).rejects.toMatchObject({
    code: 'registry-absent',
    message: expect.stringContaining('there:v2 does not exist'),
  });
  await expect(client.config(`${server?.host}/nowhere`, 'amd64')).rejects.toMatchObject({ code: 'registry-absent' });
});
