// Machine groups and locks, small, for tests of what an image is made of.
import type { ImageSource } from '../../src/linuxkit/index.ts';
import { type Base, componentsOf } from '../../src/linuxkit/index.ts';
import type { ImageLock } from '../../src/lock/types.ts';
import type { ImageConfig } from '../../src/registry/image-config.ts';

export const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
export const base: Base = { agent: '0.1.0', boot: 'uefi' };

const componentDigests = Object.fromEntries(
  componentsOf({ ...base, debug: true }).map((reference, index) => [reference, `sha256:${(index + 1).toString(16).padStart(64, '0')}`]),
);

export const lock: ImageLock = {
  images: {
    ...componentDigests,
    'ghcr.io/acme/web:2.4.1': digest('a'),
    'ghcr.io/acme/web:latest': digest('a'),
    'envoyproxy/envoy:v1.31': digest('b'),
    'localhost:5000/migrate': digest('c'),
  },
};

const config: ImageConfig = {
  architecture: 'amd64',
  os: 'linux',
  env: ['PATH=/usr/bin:/bin'],
  entrypoint: [],
  cmd: ['/web'],
  user: '',
  workingDir: '',
  stopSignal: '',
};
export const configs = {
  [digest('a')]: { ...config, user: 'web', workingDir: '/srv', env: [...config.env, "GREETING=it's: {ok} # yes\n"] },
  [digest('b')]: { ...config, entrypoint: ['/docker-entrypoint.sh'], stopSignal: 'SIGQUIT' },
  [digest('c')]: { ...config, architecture: 'arm64', cmd: [] },
};

export interface GroupOptions {
  readonly key?: string;
  readonly architecture?: 'amd64' | 'arm64';
  /** Reference by container name. */
  readonly containers: Readonly<Record<string, string>>;
  readonly init?: Readonly<Record<string, string>>;
}

export function group({ key = 'Deployment/default/web', architecture = 'amd64', containers, init }: GroupOptions): ImageSource {
  const origin = {
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'web' },
    path: [],
  } as unknown as ImageSource['machine']['origin'];
  const list = (table: Readonly<Record<string, string>>) => Object.entries(table).map(([name, image]) => ({ name, image }));
  return {
    key,
    machine: { origin, architecture, requests: { cpu: 0, memory: 0, gpus: 0 } },
    pod: {
      owner: key,
      generateName: 'web-',
      namespace: 'default',
      dns: { policy: 'ClusterFirst' },
      ...(init && { initContainers: list(init) }),
      containers: list(containers) as [{ name: string; image: string }],
    },
  };
}
