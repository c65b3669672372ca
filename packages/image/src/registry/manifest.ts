// Parses manifests, indexes and image configurations (OCI image-spec and Docker's older form).

import { isObject, parseJson } from '@i2kit/common';
import type { Architecture } from '../architecture.ts';

const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Supported media types, for an Accept header. */
export const acceptHeader = [...indexTypes, ...manifestTypes].join(', ');

export type Manifest =
  | { readonly kind: 'index'; readonly manifests: readonly { readonly digest: string; readonly platform: string }[] }
  | { readonly kind: 'image'; readonly config: string };

/** Undefined if it is neither. Platforms are written `linux/arm64`. */
export function parseManifest(text: string, type: string): Manifest | undefined {
  const root = objectOrUndefined(parseJson(text));
  const kind = typeof root?.['mediaType'] === 'string' ? root['mediaType'] : type.split(';')[0]?.trim();
  if (!root || kind === undefined) return undefined;
  if (indexTypes.includes(kind) && Array.isArray(root['manifests'])) {
    const manifests = root['manifests']
      .map(objectOrUndefined)
      .flatMap((entry) =>
        typeof entry?.['digest'] === 'string' ? [{ digest: entry['digest'], platform: platformOf(entry) }] : [],
      );
    return { kind: 'index', manifests };
  }
  const digest = objectOrUndefined(root['config'])?.['digest'];
  return manifestTypes.includes(kind) && typeof digest === 'string' ? { kind: 'image', config: digest } : undefined;
}

/** The manifest for a machine; all variants of arm64 count. */
export const platformManifestDigest = (
  index: Manifest & { kind: 'index' },
  architecture: Architecture,
): string | undefined => index.manifests.find(({ platform }) => platform === `linux/${architecture}`)?.digest;

function platformOf(entry: Record<string, unknown>): string {
  const platform = objectOrUndefined(entry['platform']);
  return `${String(platform?.['os'] ?? 'unknown')}/${String(platform?.['architecture'] ?? 'unknown')}`;
}

/** The part of an OCI image's configuration that starting a container needs (image-spec, config.md). */
export interface ImageConfig {
  readonly architecture: string;
  readonly os: string;
  /** `NAME=value` */
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  /** `user`, `uid`, `user:group`, `uid:gid` … (default: root). */
  readonly user: string;
  /** Default: `/`. */
  readonly workingDir: string;
  /** Default: SIGTERM. */
  readonly stopSignal: string;
}

/** Undefined if the text is not an image configuration. */
export function parseImageConfig(text: string): ImageConfig | undefined {
  const root = objectOrUndefined(parseJson(text));
  if (!root) return undefined;
  const config = objectOrUndefined(root['config']) ?? {};
  return {
    architecture: stringOrEmpty(root['architecture']),
    os: stringOrEmpty(root['os']),
    env: stringList(config['Env']),
    entrypoint: stringList(config['Entrypoint']),
    cmd: stringList(config['Cmd']),
    user: stringOrEmpty(config['User']),
    workingDir: stringOrEmpty(config['WorkingDir']),
    stopSignal: stringOrEmpty(config['StopSignal']),
  };
}

/** In OCI's own form, without layers and history; the same configuration gives the same bytes. */
export function imageConfigText(config: ImageConfig): string {
  const filled = {
    ...(config.user && { User: config.user }),
    ...(config.env.length > 0 && { Env: config.env }),
    ...(config.entrypoint.length > 0 && { Entrypoint: config.entrypoint }),
    ...(config.cmd.length > 0 && { Cmd: config.cmd }),
    ...(config.workingDir && { WorkingDir: config.workingDir }),
    ...(config.stopSignal && { StopSignal: config.stopSignal }),
  };
  return `${JSON.stringify({ architecture: config.architecture, os: config.os, config: filled })}\n`;
}

const stringOrEmpty = (value: unknown): string => (typeof value === 'string' ? value : '');
const stringList = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

/** Reads responses of a registry without trusting their shape. */
const objectOrUndefined = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  isObject(value) ? value : undefined;
