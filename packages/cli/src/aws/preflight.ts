// Checks the region, the profile, the endpoint and the credentials before the first call to AWS.
import { ContactError, firstAnswerMs, readProfileNames } from '@i2kit/aws';
import type { Io } from '../io.ts';

/** An explicit profile that no file has would be told apart from missing credentials by nobody else. */
export async function assertProfile(profile: string | undefined): Promise<void> {
  if (profile === undefined) return;
  const names = await readProfileNames();
  if (names.includes(profile)) return;
  const others = names.length === 0 ? 'They have none.' : `They have: ${names.join(', ')}.`;
  throw new ContactError('no-profile', `The AWS configuration files have no profile ${profile}. ${others}`);
}

/** AWS_PROFILE takes effect in the SDK. */
export const profileOf = (io: Pick<Io, 'env'>, flag: string | undefined): string | undefined =>
  flag ?? (io.env['AWS_PROFILE'] || undefined);

export function assertEndpoint(endpoint: string | undefined): void {
  if (endpoint === undefined) return;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== '') return;
  throw new ContactError('bad-endpoint', `The endpoint ${endpoint} is not a URL of HTTP.`);
}

interface ClientConfig {
  readonly region: () => Promise<string>;
  readonly credentials: () => Promise<unknown>;
}

/** The region of variables and configuration files. */
export async function configuredRegion({ region }: Pick<ClientConfig, 'region'>): Promise<string> {
  try {
    return await region();
  } catch (error) {
    if (!(error instanceof Error) || !/^Region is missing/.test(error.message)) throw error;
    throw new ContactError('no-region', 'No AWS region is set.', error);
  }
}

/** Loads the credentials once: they may come from a role, a program or a single sign-on. */
export async function assertCredentials({ credentials }: Pick<ClientConfig, 'credentials'>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `The credentials could not be loaded in ${firstAnswerMs / 1000} seconds: their source does not answer.`;
    timer = setTimeout(() => reject(new ContactError('no-answer', message)), firstAnswerMs);
  });
  try {
    await Promise.race([credentials(), late]);
  } catch (error) {
    throw error instanceof ContactError ? error : credentialsError(error);
  } finally {
    clearTimeout(timer);
  }
}

function credentialsError(error: unknown): unknown {
  const { name = '', message = '' } = Object(error) as { name?: string; message?: string };
  if (/expired/i.test(message)) return new ContactError('expired', sentence(message), error);
  if (/^Could not load credentials from any providers/.test(message))
    return new ContactError('no-credentials', 'No AWS credentials were found.', error);
  return /Credentials|Token/.test(name)
    ? new ContactError('no-credentials', `No AWS credentials could be loaded: ${sentence(message)}`, error)
    : error;
}

const sentence = (message: string): string => message.trim().replace(/[.]?$/, '.');
