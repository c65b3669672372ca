// The linuxkit configuration of groups: readable goldens, checked by linuxkit itself if it is on PATH.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ImageBase } from '@i2kit/compiler/image';
import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { containerImages, type ImageSource, linuxkitYaml } from '../../../src/build/linuxkit/index.ts';
import { runTool, testWithTools } from '../../support/tools.ts';
import { base, configs, digest, group, lock } from './fixture.ts';

const web = { containers: { web: 'ghcr.io/acme/web:2.4.1' } };
const cases: Record<string, { group: ImageSource; base: ImageBase }> = {
  web: { group: group(web), base },
  sidecars: {
    group: group({
      ...web,
      containers: { ...web.containers, proxy: 'envoyproxy/envoy:v1.31' },
      init: { migrate: 'localhost:5000/migrate' },
    }),
    base,
  },
  'debug-arm64': { group: group({ ...web, architecture: 'arm64' }), base: { ...base, debug: true } },
};
const golden = (name: string) => `${import.meta.dirname}/../../data/linuxkit/${name}.yml`;

// UPDATE_GOLDENS=1 writes them again; review the changes like code.
test.each(Object.entries(cases))('%s', (name, input) => {
  const text = linuxkitYaml({ ...input, lock, configs });
  if (process.env['UPDATE_GOLDENS'] === '1' || !existsSync(golden(name))) writeFileSync(golden(name), text);
  expect(text).toBe(readFileSync(golden(name), 'utf8'));
  expect(load(text)).toMatchObject({
    volumes: expect.arrayContaining([
      { name: 'a'.repeat(64), image: `ghcr.io/acme/web@${digest('a')}`, readonly: true },
    ]),
  });
});

testWithTools('linuxkit')('linuxkit takes them all', () => {
  for (const name of Object.keys(cases))
    expect(runTool('linuxkit', 'build', '--dry-run', golden(name))).toMatchObject({ code: 0 });
});

test('what is not locked is told', () => {
  expect(() => containerImages(group({ containers: { web: 'nginx' } }), lock.images)).toThrow(
    expect.objectContaining({ code: 'unlocked', message: 'The lock has no digest of the image nginx.' }),
  );
  expect(() => linuxkitYaml({ group: group(web), base, lock: {}, configs })).toThrow(/linuxkit\/|ghcr/);
});
