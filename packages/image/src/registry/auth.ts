// Authenticates to a registry: Basic, or a bearer token of its token service (distribution's "Token Authentication").
import { ImageError } from '../errors.ts';
import type { CredentialSource, Credentials } from './credentials.ts';
import { type HttpOptions, sendRequest } from './http.ts';

export interface Challenge {
  readonly scheme: 'basic' | 'bearer';
  readonly parameters: Readonly<Record<string, string>>;
}

/** Parses WWW-Authenticate; undefined for an unknown scheme. */
export function parseChallenge(header: string | null): Challenge | undefined {
  const [, scheme = '', rest = ''] = /^\s*(\w+)\s*(.*)$/s.exec(header ?? '') ?? [];
  const kind = scheme.toLowerCase();
  if (kind !== 'basic' && kind !== 'bearer') return undefined;
  const parameters = [...rest.matchAll(/\b(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)].map(
    ([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? ''],
  );
  return { scheme: kind, parameters: Object.fromEntries(parameters) };
}

export interface AuthInput {
  readonly host: string;
  /** URL of the registry. Credentials are sent unencrypted only if the registry itself is. */
  readonly base: string;
  readonly repository: string;
  readonly credentials: CredentialSource;
  readonly http: HttpOptions;
}

/** The Authorization header for a challenge; undefined without credentials to answer it. */
export async function fetchAuthorization(challenge: Challenge, input: AuthInput): Promise<string | undefined> {
  const credentials = await input.credentials(input.host);
  if (challenge.scheme === 'basic')
    return credentials?.kind === 'password' ? basicAuthorization(credentials) : undefined;
  const realm = realmOf(challenge, input);
  const scope = challenge.parameters['scope'] ?? `repository:${input.repository}:pull`;
  const service = challenge.parameters['service'];
  const fields = { ...(service !== undefined && { service }), scope };
  const answer =
    credentials?.kind === 'token'
      ? await exchangeRefreshToken(realm, fields, credentials.token, input)
      : await requestToken(realm, fields, credentials, input);
  if (answer.status === 401 || answer.status === 403) throw accessDeniedError(input, credentials);
  const token = answer.status === 200 ? tokenIn(answer.body) : undefined;
  if (token === undefined)
    throw new ImageError(
      'registry-answer',
      `The token service of ${input.host} responds with status ${answer.status} and no token.`,
    );
  return `Bearer ${token}`;
}

export function accessDeniedError(
  { host, repository }: Pick<AuthInput, 'host' | 'repository'>,
  credentials: Credentials | undefined,
): ImageError {
  const how = credentials ? "with the credentials from Docker's configuration" : 'without credentials';
  const hint = credentials
    ? `Check that they allow reading it, or log in again: docker login ${host}`
    : `If it is private, log in: docker login ${host}. Registries also refuse names that do not exist.`;
  return new ImageError('registry-denied', `${host} denies access to ${repository} ${how}.`, { hint });
}

function realmOf(challenge: Challenge, { host, base }: AuthInput): URL {
  const realm = URL.canParse(challenge.parameters['realm'] ?? '')
    ? new URL(challenge.parameters['realm'] ?? '')
    : undefined;
  if (realm?.protocol === 'https:' || (realm?.protocol === 'http:' && base.startsWith('http:'))) return realm;
  throw new ImageError('registry-answer', `${host} names no token service that is safe to send credentials to.`);
}

const requestToken = (
  realm: URL,
  fields: Record<string, string>,
  credentials: Credentials | undefined,
  { http }: AuthInput,
) => {
  const url = new URL(realm);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  if (credentials?.kind === 'password') url.searchParams.set('account', credentials.username);
  return sendRequest(
    url.href,
    {
      headers: credentials?.kind === 'password' ? { authorization: basicAuthorization(credentials) } : {},
      sameOrigin: true,
    },
    http,
  );
};

const exchangeRefreshToken = (realm: URL, fields: Record<string, string>, token: string, { http }: AuthInput) => {
  const body = new URLSearchParams({
    ...fields,
    grant_type: 'refresh_token',
    client_id: 'i2kit',
    refresh_token: token,
  }).toString();
  return sendRequest(
    realm.href,
    { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' }, sameOrigin: true },
    http,
  );
};

const basicAuthorization = ({ username, password }: { readonly username: string; readonly password: string }): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

function tokenIn(body: Buffer): string | undefined {
  try {
    const { token, access_token } = JSON.parse(body.toString('utf8')) as { token?: unknown; access_token?: unknown };
    const found = token ?? access_token;
    return typeof found === 'string' && found !== '' ? found : undefined;
  } catch {
    return undefined;
  }
}
