// The whole build with the real linuxkit, if it is on PATH: components and containers come from a registry on
// loopback.
import { readFileSync, writeFileSync } from 'node:fs';
import { cmdline, componentsOf, efiStubComponent, imageBaseOf, imageKey } from '@i2kit/compiler/image';
import { expect } from '@jest/globals';
import { buildImage } from '../../src/build/index.ts';
import { linuxkitYaml, pinnedReference } from '../../src/build/linuxkit/index.ts';
import { resolveImages } from '../../src/lock.ts';
import { digestHex } from '../../src/machinePaths.ts';
import { registryClient } from '../../src/registry/index.ts';
import { pushComponents, pushImage } from '../registry/fakeComponents.ts';
import { startRegistryServer } from '../registry/registryServer.ts';
import { useScratchFolder } from '../support/scratchFolder.ts';
import { runTool, testWithTools } from '../support/tools.ts';
import { group } from './linuxkit/fixture.ts';

const at = useScratchFolder();
const base = imageBaseOf();
const web = 'acme/web:v1';

testWithTools(
  'linuxkit',
  'crane',
  'mksquashfs',
  'unsquashfs',
  'tar',
)("an image of linuxkit's making", async () => {
  const server = await startRegistryServer();
  try {
    pushComponents(server, at());
    pushImage(server, at(), web, { served: 'hello' });

    // The registry stands in for Docker Hub: looked up under its own name, stored under the hub's.
    const client = registryClient({ credentials: async () => undefined });
    const source = group({ containers: { web } });
    const references = [...componentsOf(base), web];
    const { images } = await resolveImages(
      references,
      {},
      { digest: (reference) => client.digest(`${server.host}/${reference}`) },
    );
    const lock = { images, versions: { 'agent-amd64': `sha256:${'1'.repeat(64)}` } };
    const digest = images[web] ?? '';
    const configs = { [digest]: await client.config(`${server.host}/${web}`, 'amd64') };
    writeFileSync(at('agent'), 'agent');
    const build = await buildImage({
      key: imageKey(source, lock, base) ?? '',
      yaml: linuxkitYaml({ group: source, lock, base, configs }),
      architecture: 'amd64',
      boot: 'uefi',
      agent: at('agent'),
      stub: pinnedReference(efiStubComponent, lock.images),
      folder: at('images'),
      cache: at('cache'),
      mirrors: [`docker.io=http://${server.host}`],
    });
    const disk = readFileSync(build?.path ?? '');
    expect(disk.includes(`${cmdline} root=PARTUUID=`)).toBe(true);
    writeFileSync(at('root.sqfs'), disk.subarray(disk.indexOf('hsqs', 0, 'latin1')));
    const { output } = runTool('unsquashfs', '-d', at('root'), '-lln', at('root.sqfs'));
    const folder = `containers/${digestHex(digest)}`;
    const volume = `/containers/volumes/${digestHex(digest)}/lower`;
    expect(output).toContain(`${folder}/rootfs -> ${volume}`);
    expect(output).toMatch(new RegExp(`-rw.* .*${volume}/served\n`));
    expect(output).toMatch(/drwxr-xr-x .*\/containers\n/);
    expect(output).toMatch(/-rwxr-xr-x .*\/usr\/bin\/i2kit-agent\n/);
    expect(output).toMatch(/-rwxr-xr-x .*\/etc\/init.d\/030-i2kit\n/);
    expect(runTool('unsquashfs', '-cat', at('root.sqfs'), `${folder}/config.json`).output).toContain('"Env":["A=1"]');
    expect(JSON.parse(runTool('unsquashfs', '-cat', at('root.sqfs'), 'containers/index.json').output)).toEqual({
      [web]: digestHex(digest),
    });
  } finally {
    server.stop();
  }
});
