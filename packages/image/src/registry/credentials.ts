// Finds the credentials of a registry's host in Docker's configuration: the host's helper, the store, then the file
// itself.

import { askCredentialHelper, type Credentials } from './credentialHelper.ts';
import { type DockerConfig, type Environment, readDockerConfig } from './dockerConfig.ts';
import { defaultHost } from './reference.ts';

export type { Credentials } from './credentialHelper.ts';
export type CredentialSource = (host: string) => Promise<Credentials | undefined>;

/** The name under which Docker stores the credentials of Docker Hub. */
const hubKey = 'https://index.docker.io/v1/';

/** Reads the configuration once, and runs each host's helper once. */
export function dockerCredentials(env: Environment = process.env): CredentialSource {
  let config: Promise<DockerConfig> | undefined;
  const known = new Map<string, Promise<Credentials | undefined>>();
  return (host) => {
    config ??= readDockerConfig(env);
    const found = known.get(host) ?? config.then((read) => findCredentials(read, host, env));
    known.set(host, found);
    return found;
  };
}

async function findCredentials(config: DockerConfig, host: string, env: Environment): Promise<Credentials | undefined> {
  const key = host === defaultHost ? hubKey : host;
  const own = config.credHelpers.get(host) ?? config.credHelpers.get(key);
  if (own !== undefined) return askCredentialHelper(own, key, env);
  const stored = config.credsStore === undefined ? undefined : await askCredentialHelper(config.credsStore, key, env);
  return stored ?? credentialsInFile(config, host);
}

function credentialsInFile(config: DockerConfig, host: string): Credentials | undefined {
  for (const [key, entry] of config.auths) {
    if (hostOf(key) !== host) continue;
    if (entry.identitytoken) return { kind: 'token', token: entry.identitytoken };
    if (entry.auth) {
      // Some helpers pad with NUL.
      const [plain = ''] = Buffer.from(entry.auth, 'base64').toString('utf8').split('\0');
      const colon = plain.indexOf(':');
      if (colon > 0) return { kind: 'password', username: plain.slice(0, colon), password: plain.slice(colon + 1) };
    }
    if (entry.username !== undefined && entry.password !== undefined)
      return { kind: 'password', username: entry.username, password: entry.password };
  }
  return undefined;
}

/** Keys are hosts, or URLs that old versions of Docker wrote. */
function hostOf(key: string): string {
  const [host = ''] = key.replace(/^https?:\/\//, '').split('/');
  return host === 'index.docker.io' || host === 'registry-1.docker.io' ? defaultHost : host;
}
