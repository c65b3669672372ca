// Parses image references as Docker does: `nginx`, `localhost:5000/a/b:v1`, `ghcr.io/acme/web@sha256:…`
// (distribution's reference grammar).
import { withoutTrailing } from '@i2kit/common';
import { ImageError } from '../errors.ts';

export interface Reference {
  /** As users write it, with its port: `docker.io`, `localhost:5000`. */
  readonly host: string;
  /** `library/nginx` */
  readonly repository: string;
  /** Absent if there is a digest and no tag. */
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
}

/** The default host. */
export const defaultHost = 'docker.io';

const componentPattern = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const repositoryPattern = new RegExp(`^${componentPattern}(?:/${componentPattern})*$`);
const hostPattern = /^(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/;
const tagPattern = /^\w[\w.-]{0,127}$/;

/** Throws `reference-invalid`. */
export function parseReference(text: string): Reference {
  const fail = (why: string): never => {
    throw new ImageError('reference-invalid', `"${text}" is not an image reference: ${why}.`);
  };
  const [name = '', digest] = splitAtFirst(text, '@');
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) fail('its digest is not sha256 with 64 digits');
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  // The first part is a host only if it cannot be a name.
  const named = /[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const host = named ? first : defaultHost;
  if (!hostPattern.test(host)) fail(`"${host}" is not a host`);
  const rest = named ? name.slice(slash + 1) : name;
  const colon = rest.lastIndexOf(':');
  const path = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  if (tag !== undefined && !tagPattern.test(tag)) fail(`"${tag}" is not a tag`);
  const official = host === defaultHost || host === 'index.docker.io';
  const repository = official && !path.includes('/') ? `library/${path}` : path;
  if (!repositoryPattern.test(repository) || repository.length > 255) fail(`"${path}" is not a repository name`);
  const chosen = tag ?? (digest === undefined ? 'latest' : undefined);
  return {
    host: official ? defaultHost : host,
    repository,
    ...(chosen !== undefined && { tag: chosen }),
    ...(digest !== undefined && { digest }),
  };
}

function splitAtFirst(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

/** URL of a host's API; plain HTTP for localhost, as in Docker. */
export function baseUrl(host: string, insecure: readonly string[] = []): string {
  if (host === defaultHost) return 'https://registry-1.docker.io';
  const name = host.replace(/:\d+$/, '');
  const local = name === 'localhost' || name === '[::1]' || /^127(\.\d+){3}$/.test(name);
  return `${local || insecure.includes(host) ? 'http' : 'https'}://${host}`;
}

/** Undefined if the registry itself is used. Throws `reference-invalid` for an invalid URL. */
export function mirrorOf(host: string, mirrors: readonly string[]): string | undefined {
  const pairs = mirrors.map(
    (mirror) => /^(?:([^=/]+)=)?(https?:\/\/[^=]+)$/.exec(mirror)?.slice(1) ?? failInvalidMirror(mirror),
  );
  const [, url] =
    pairs.find(([registry]) => registry === host) ?? pairs.find(([registry]) => registry === undefined) ?? [];
  return url === undefined ? undefined : withoutTrailing(url, '/');
}

function failInvalidMirror(text: string): never {
  throw new ImageError(
    'reference-invalid',
    `"${text}" is not a mirror: use REGISTRY=URL, or one URL for all registries.`,
  );
}
