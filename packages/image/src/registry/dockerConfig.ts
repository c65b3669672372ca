// Reads Docker's config.json: its location, and its credentials.

import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isObject, systemCode } from '@i2kit/common';
import { ImageError } from '../errors.ts';

export interface DockerConfig {
  /** For messages. */
  readonly path: string;
  readonly auths: ReadonlyMap<
    string,
    { readonly auth?: string; readonly username?: string; readonly password?: string; readonly identitytoken?: string }
  >;
  /** Name of a helper by host. */
  readonly credHelpers: ReadonlyMap<string, string>;
  readonly credsStore?: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * I2KIT_DOCKER_CONFIG (a folder, or the file itself), DOCKER_CONFIG (a folder), `~/.docker`; without a file there are
 * no credentials.
 */
export async function readDockerConfig(env: Environment = process.env): Promise<DockerConfig> {
  const path = await findConfigPath(env);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const named = env['I2KIT_DOCKER_CONFIG'] !== undefined;
    if (systemCode(error) === 'ENOENT' && !named) return { path, auths: new Map(), credHelpers: new Map() };
    throw new ImageError(
      'credentials-unreadable',
      `Docker's configuration ${path} cannot be read (${systemCode(error) ?? String(error)}).`,
      { cause: error },
    );
  }
  const root = parseConfig(text, path);
  const store = root['credsStore'];
  return {
    path,
    auths: new Map(Object.entries(objectOrEmpty(root['auths'])).map(([host, entry]) => [host, stringEntries(entry)])),
    credHelpers: new Map(Object.entries(stringEntries(root['credHelpers']))),
    ...(typeof store === 'string' && store !== '' && { credsStore: store }),
  };
}

async function findConfigPath(env: Environment): Promise<string> {
  const own = env['I2KIT_DOCKER_CONFIG'];
  if (own) {
    const isFolder = await stat(own).then(
      (info) => info.isDirectory(),
      () => false,
    );
    return isFolder ? join(own, 'config.json') : own;
  }
  return join(env['DOCKER_CONFIG'] || join(env['HOME'] || homedir(), '.docker'), 'config.json');
}

function parseConfig(text: string, path: string): Record<string, unknown> {
  try {
    return objectOrEmpty(JSON.parse(text));
  } catch (error) {
    throw new ImageError('credentials-unreadable', `Docker's configuration ${path} is not valid JSON.`, {
      cause: error,
    });
  }
}

const objectOrEmpty = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {});
const stringEntries = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(objectOrEmpty(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
