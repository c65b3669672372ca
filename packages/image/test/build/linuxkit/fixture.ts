// Small machine groups and locks, for tests of the content of images.
import { componentsOf, type ImageLock, imageBaseOf } from '@i2kit/compiler/image';
import type { ImageSource } from '../../../src/build/linuxkit/index.ts';
import type { ImageConfig } from '../../../src/registry/manifest.ts';

export const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
export const base = imageBaseOf();

const componentDigests = Object.fromEntries(
  componentsOf({ ...base, debug: true }).map((reference, index) => [
    reference,
    `sha256:${(index + 1).toString(16).padStart(64, '0')}`,
  ]),
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

export function group({
  key = 'Deployment/default/web',
  architecture = 'amd64',
  containers,
  init,
}: GroupOptions): ImageSource {
  const images = [...Object.values(containers), ...Object.values(init ?? {})];
  return { key, images: [...new Set(images)].sort(), machine: { architecture } };
}
