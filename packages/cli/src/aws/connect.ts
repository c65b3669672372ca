// The clients of one run: made once, of the flags and of AWS's own variables and files.
import {
  bucketName,
  bucketPort,
  type Clients,
  cloudFormationAdapter,
  type EnvironmentBucket,
  identityPort,
  logsAdapter,
  machinesPort,
  type SdkOptions,
  systemClock,
} from '@i2kit/runner';
import type { Context } from '../context.ts';

export interface Connection {
  readonly options: SdkOptions;
  readonly clients: Clients;
  /** The environment's bucket; undefined where it has none. */
  bucket(env: string): Promise<EnvironmentBucket | undefined>;
  /** The clients, and one for logs, which most commands do without. */
  withLogs(): Promise<Clients>;
  close(): void;
}

/** What every client is made with. */
export async function sdkOptions({ io, values }: Pick<Context, 'io' | 'values'>, wantedRegion: string | undefined): Promise<SdkOptions> {
  const profile = values.profile;
  const endpoint = values['endpoint-url'] ?? (io.env['AWS_ENDPOINT_URL'] || undefined);
  const region = wantedRegion ?? (await regionOfProfile(profile));
  return { region, ...(endpoint && { endpoint }), ...(profile && { profile }) };
}

export async function connect(context: Context, wantedRegion: string | undefined): Promise<Connection> {
  const options = await sdkOptions(context, wantedRegion);
  const { region } = options;
  const adapter = await cloudFormationAdapter(options);
  const identity = identityPort(() => import('@aws-sdk/client-sts') as never, options);
  const open: { close(): void }[] = [adapter];
  const clients: Clients = {
    region,
    cloudFormation: adapter.port,
    identity,
    machines: machinesPort(options),
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
      const name = await bucketName(options, env);
      if (name === undefined) return undefined;
      const patient = identityPort(() => import('@aws-sdk/client-sts') as never, { ...options, attempts: 4 });
      const { Account: account = '' } = await patient.getCallerIdentity();
      const bucket = await bucketPort(options, { name, env, account });
      open.push(bucket);
      return bucket;
    },
    close() {
      for (const each of open) each.close();
    },
  };
}

/** Where neither flags, configuration nor variables name one. The SDK throws where its files do not either. */
async function regionOfProfile(profile: string | undefined): Promise<string> {
  const { STSClient } = await import('@aws-sdk/client-sts');
  return new STSClient(profile ? { profile } : {}).config.region();
}
