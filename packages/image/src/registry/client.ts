// Reads digests and image configurations from registries (OCI distribution-spec, 1.1); nothing is pulled.
import { createHash } from 'node:crypto';
import { type Clock, systemClock } from '@i2kit/aws';
import { escapeInvisible } from '@i2kit/common';
import type { Architecture } from '../architecture.ts';
import { ImageError } from '../errors.ts';
import { type AuthInput, accessDeniedError, fetchAuthorization, parseChallenge } from './auth.ts';
import { type CredentialSource, dockerCredentials } from './credentials.ts';
import { type HttpOptions, type RegistryResponse, sendRequest } from './http.ts';
import {
  acceptHeader,
  type ImageConfig,
  type Manifest,
  parseImageConfig,
  parseManifest,
  platformManifestDigest,
} from './manifest.ts';
import { baseUrl, mirrorOf, parseReference, type Reference } from './reference.ts';

export interface RegistryOptions {
  readonly credentials?: CredentialSource;
  /** Hosts to access by plain HTTP, beside localhost. */
  readonly insecure?: readonly string[];
  /** Registry mirrors: `<registry>=<URL>`, or one URL for all registries; as linuxkit has them. */
  readonly mirrors?: readonly string[];
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** Milliseconds for one response (default: 20,000). */
  readonly timeout?: number;
  /** Milliseconds for which a request is repeated (default: 60,000). */
  readonly patience?: number;
}

export interface RegistryClient {
  /** The current digest of a reference, `sha256:…`: of an index if there is one, else of a manifest. */
  digest(reference: string): Promise<string>;
  /** The configuration of a reference's image for a machine; throws `platform-absent` if there is none. */
  config(reference: string, architecture: Architecture): Promise<ImageConfig>;
}

export function registryClient(options: RegistryOptions = {}): RegistryClient {
  const {
    credentials = dockerCredentials(),
    clock = systemClock,
    signal,
    timeout = 20_000,
    patience = 60_000,
  } = options;
  const http: HttpOptions = { clock, signal, timeout, patience };
  const tokens = new Map<string, string>();

  /** Requests a path below the repository; answers a challenge once, and keeps the answer. */
  async function get(reference: Reference, path: string, method = 'GET'): Promise<RegistryResponse> {
    const { repository } = reference;
    const mirror = mirrorOf(reference.host, options.mirrors ?? []);
    const base = mirror ?? baseUrl(reference.host, options.insecure);
    const host = mirror === undefined ? reference.host : new URL(mirror).host;
    const auth: AuthInput = { host, base, repository, credentials, http };
    const ask = (header = tokens.get(`${host}/${repository}`)) =>
      sendRequest(
        `${base}/v2/${repository}/${path}`,
        { method, headers: { accept: acceptHeader, ...(header !== undefined && { authorization: header }) } },
        http,
      );
    const answer = await ask();
    if (answer.status !== 401) return answer;
    const challenge = parseChallenge(answer.headers.get('www-authenticate'));
    const header = challenge && (await fetchAuthorization(challenge, auth));
    if (header === undefined) throw accessDeniedError(reference, await credentials(host));
    tokens.set(`${host}/${repository}`, header);
    return ask(header);
  }

  async function checked(reference: Reference, path: string, method?: string): Promise<RegistryResponse> {
    const answer = await get(reference, path, method);
    if (answer.status === 200) return answer;
    if (answer.status === 401 || answer.status === 403)
      throw accessDeniedError(reference, await credentials(reference.host));
    if (answer.status === 404)
      throw new ImageError('registry-absent', `${referenceText(reference)} does not exist in ${reference.host}.`);
    throw new ImageError(
      'registry-answer',
      `${reference.host} responds with status ${answer.status} for ${referenceText(reference)}.`,
    );
  }

  /** `pinned`: the digest that the content must have; without one, the reference's tag decides. */
  async function manifest(
    reference: Reference,
    pinned = reference.digest,
  ): Promise<{ digest: string; manifest: Manifest }> {
    const { body, headers } = await checked(reference, `manifests/${pinned ?? reference.tag}`);
    const own = pinned === undefined ? sha256Of(body) : verifiedDigest(body, pinned, reference);
    const read = parseManifest(body.toString('utf8'), headers.get('content-type') ?? '');
    if (!read)
      throw new ImageError(
        'registry-answer',
        `${referenceText(reference)} has an outdated format, or is not an image.`,
      );
    return { digest: own, manifest: read };
  }

  async function config(text: string, architecture: Architecture): Promise<ImageConfig> {
    const reference = parseReference(text);
    const top = (await manifest(reference)).manifest;
    const found = top.kind === 'index' ? platformManifestDigest(top, architecture) : undefined;
    if (top.kind === 'index' && found === undefined)
      throw platformAbsentError(
        text,
        architecture,
        top.manifests.map(({ platform }) => platform),
      );
    const image = found === undefined ? top : (await manifest(reference, requireSha256(found, reference))).manifest;
    if (image.kind !== 'image') throw new ImageError('registry-answer', `${text} is an index of indexes.`);
    const { body } = await checked(reference, `blobs/${requireSha256(image.config, reference)}`);
    verifiedDigest(body, image.config, reference);
    const read = parseImageConfig(body.toString('utf8'));
    if (!read) throw new ImageError('registry-answer', `${text} has an unreadable image configuration.`);
    if (read.architecture !== architecture || read.os !== 'linux')
      throw platformAbsentError(text, architecture, [`${read.os}/${read.architecture}`]);
    return read;
  }

  async function digest(text: string): Promise<string> {
    const reference = parseReference(text);
    if (reference.digest !== undefined) return reference.digest;
    const { headers } = await checked(reference, `manifests/${reference.tag}`, 'HEAD');
    const told = headers.get('docker-content-digest') ?? '';
    // Some registries omit the header; then the digest is computed from the content.
    return sha256Digest.test(told) ? told : (await manifest(reference)).digest;
  }

  return { digest, config };
}

const referenceText = ({ repository, tag, digest }: Reference): string =>
  `${repository}${digest !== undefined ? `@${digest}` : `:${tag}`}`;

const sha256Digest = /^sha256:[0-9a-f]{64}$/;

const sha256Of = (body: Buffer): string => `sha256:${createHash('sha256').update(body).digest('hex')}`;

/** Content under any other digest could not be verified; the digest is also part of a path. */
function requireSha256(digest: string, reference: Reference): string {
  if (sha256Digest.test(digest)) return digest;
  throw new ImageError(
    'registry-answer',
    `${referenceText(reference)} names its content by a digest that is not sha256: ${printable(digest)}.`,
  );
}

function verifiedDigest(body: Buffer, wanted: string, reference: Reference): string {
  const digest = sha256Of(body);
  if (wanted === digest) return digest;
  throw new ImageError('registry-answer', `The response of ${reference.host} for ${wanted} does not have that hash.`);
}

const printable = (text: string): string => escapeInvisible(text.length > 80 ? `${text.slice(0, 80)}…` : text);

function platformAbsentError(text: string, architecture: Architecture, found: readonly string[]): ImageError {
  const known = [...new Set(found)].filter((platform) => !platform.startsWith('unknown')).sort();
  return new ImageError('platform-absent', `${text} does not exist for linux/${architecture}.`, {
    hint: `Available platforms: ${known.join(', ') || 'none named'}.`,
  });
}
