// Manifests and indexes, of OCI and of Docker's older form (image-spec, manifest.md and image-index.md).

import type { Architecture } from '../architecture.ts';
import { parsed, record } from './json.ts';

const indexTypes = ['application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.list.v2+json'];
const manifestTypes = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json'];

/** What we understand, for an Accept header. */
export const accepted = [...indexTypes, ...manifestTypes].join(', ');

export type Manifest =
  | { readonly kind: 'index'; readonly manifests: readonly { readonly digest: string; readonly platform: string }[] }
  | { readonly kind: 'image'; readonly config: string };

/** Undefined where it is neither. Platforms are written `linux/arm64`. */
export function readManifest(text: string, type: string): Manifest | undefined {
  const root = record(parsed(text));
  const kind = typeof root?.['mediaType'] === 'string' ? root['mediaType'] : type.split(';')[0]?.trim();
  if (!root || kind === undefined) return undefined;
  if (indexTypes.includes(kind) && Array.isArray(root['manifests'])) {
    const manifests = root['manifests']
      .map(record)
      .flatMap((entry) => (typeof entry?.['digest'] === 'string' ? [{ digest: entry['digest'], platform: platformOf(entry) }] : []));
    return { kind: 'index', manifests };
  }
  const digest = record(root['config'])?.['digest'];
  return manifestTypes.includes(kind) && typeof digest === 'string' ? { kind: 'image', config: digest } : undefined;
}

/** The manifest for a machine; variants of arm64 are all the same to it. */
export const manifestFor = (index: Manifest & { kind: 'index' }, architecture: Architecture): string | undefined =>
  index.manifests.find(({ platform }) => platform === `linux/${architecture}`)?.digest;

function platformOf(entry: Record<string, unknown>): string {
  const platform = record(entry['platform']);
  return `${String(platform?.['os'] ?? 'unknown')}/${String(platform?.['architecture'] ?? 'unknown')}`;
}
