// Creates the AWS clients of one run from flags, environment variables and AWS configuration files.

import { clientConfig, FirstContact } from '@i2kit/aws';
import {
  bucketAdapter,
  type Clients,
  cloudFormationAdapter,
  type EnvironmentBucket,
  identityAdapter,
  logsAdapter,
  machinesAdapter,
  readBucketName,
  type SdkOptions,
  systemClock,
} from '@i2kit/runner';
import type { Context } from '../context.ts';
import { assertCredentials, assertEndpoint, assertProfile, configuredRegion, profileOf } from './preflight.ts';

export interface Connection {
  readonly options: SdkOptions;
  readonly clients: Clients;
  /** The environment's bucket; undefined if it has none. */
  bucket(env: string): Promise<EnvironmentBucket | undefined>;
  /** All clients; the one for logs is created on demand, because most commands do not need it. */
  withLogs(): Promise<Clients>;
  close(): void;
}

/** Options of every client. */
export async function resolveSdkOptions(
  { io, values }: Pick<Context, 'io' | 'values'>,
  wantedRegion: string | undefined,
): Promise<SdkOptions> {
  const { profile } = values;
  const endpoint = values['endpoint-url'] ?? (io.env['AWS_ENDPOINT_URL'] || undefined);
  assertEndpoint(endpoint);
  await assertProfile(profileOf(io, profile));
  const { STSClient } = await import('@aws-sdk/client-sts');
  const named = { ...(profile && { profile }) };
  const region = wantedRegion ?? (await configuredRegion(new STSClient(named).config));
  // The client of the check is closed at once; each other one loads the credentials for itself.
  const client = new STSClient({ ...named, region });
  await assertCredentials(client.config).finally(() => client.destroy());
  return { region, ...(endpoint && { endpoint }), ...named, contact: new FirstContact() };
}

export async function connect(context: Context, wantedRegion: string | undefined): Promise<Connection> {
  const options = await resolveSdkOptions(context, wantedRegion);
  const { region } = options;
  const adapter = await cloudFormationAdapter(options);
  const identity = identityAdapter(() => import('@aws-sdk/client-sts') as never, options);
  const open: { close(): void }[] = [adapter];
  const clients: Clients = {
    region,
    cloudFormation: adapter.port,
    identity,
    machines: machinesAdapter(options),
    refreshCredentials: adapter.refresh,
    clock: systemClock,
    random: Math.random,
  };
  return {
    options,
    clients,
    async withLogs() {
      const logs = await logsAdapter(options);
      open.push(logs);
      const refreshCredentials = () => {
        logs.refresh();
        return adapter.refresh();
      };
      return { ...clients, logs: logs.port, refreshCredentials };
    },
    async bucket(env) {
      const name = await readBucketName(options, env);
      if (name === undefined) return undefined;
      const patient = identityAdapter(() => import('@aws-sdk/client-sts') as never, { ...options, attempts: 4 });
      const { Account: account = '' } = await patient.getCallerIdentity();
      const bucket = await bucketAdapter(options, { name, env, account });
      open.push(bucket);
      return bucket;
    },
    close() {
      for (const each of open) each.close();
    },
  };
}

/** Of clients whose calls the SDK may repeat after a lost answer: reads, and deletions by id. */
export const retryingConfig = (options: SdkOptions): ReturnType<typeof clientConfig> =>
  clientConfig({ ...options, attempts: 5 });
