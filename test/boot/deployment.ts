// Deploys an app through the real command line and the AWS emulator to the point where its machines would start, and
// continues from there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeVolumesCommand } from '@aws-sdk/client-ec2';
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type AwsClients, account, awsClients, region } from '../awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../awsEmulator/emulator.ts';
import { seedEnvironment } from '../awsEmulator/environment.ts';
import { readStack } from '../awsEmulator/readStack.ts';
import { describeStack, readStackEvents } from '../awsEmulator/stack.ts';
import { type CommandResult, createFolder, type RunningCommand, type WorkingFolder } from '../fixtures/cli.ts';
import { awsAddress, type Machine, waitUntil } from './machine.ts';

export interface EmulatedAccount {
  readonly emulator: AwsEmulator;
  readonly clients: AwsClients;
  readonly port: number;
  /** A secret as the agent reads it, in the namespace `default`. */
  createSecret(name: string, values: Readonly<Record<string, string>>): Promise<void>;
  deleteSecret(name: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startEmulatedAccount(): Promise<EmulatedAccount> {
  const peer = await startAwsEmulator({ signals: 'wait' });
  const clients = awsClients(peer.endpoint);
  await seedEnvironment(clients);
  const secrets = new SecretsManagerClient({
    endpoint: peer.endpoint,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'none' },
  });
  return {
    emulator: peer,
    clients,
    port: Number(new URL(peer.endpoint).port),
    async createSecret(name, values) {
      const text = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
      await secrets.send(
        new CreateSecretCommand({
          Name: `i2kit/default/default/${name}`,
          SecretString: JSON.stringify(Object.fromEntries(text)),
        }),
      );
    },
    async deleteSecret(name) {
      await secrets.send(
        new DeleteSecretCommand({ SecretId: `i2kit/default/default/${name}`, ForceDeleteWithoutRecovery: true }),
      );
    },
    async stop() {
      secrets.destroy();
      clients.destroy();
      await peer.stop();
    },
  };
}

export interface Deployment {
  readonly folder: WorkingFolder;
  readonly stack: string;
  /** `i2kit apply`, waiting for the machine. */
  readonly apply: RunningCommand;
  /** The user data of the launch template, with the emulator's address, which synth does not write. */
  readonly userData: string;
  status(): Promise<string>;
  /** Status reasons of the group's events. */
  reasons(): Promise<readonly string[]>;
  /** Adds the machine to the group. */
  join(machine: Machine): Promise<void>;
  /** Attaches the app's volume to a machine once its agent has requested it. */
  attach(machine: Machine, file: string): Promise<void>;
  /** State of the volume, and the machine that has it. */
  volume(): Promise<string>;
  done(): Promise<CommandResult>;
}

/** Applies a manifest of `manifests/` with replaced words, until its group waits for the signal. */
export async function deploy(
  cloud: EmulatedAccount,
  app: string,
  words: Readonly<Record<string, string>>,
): Promise<Deployment> {
  const folder = createFolder(cloud.emulator.endpoint);
  const text = Object.entries(words).reduce(
    (all, [word, value]) => all.replaceAll(word, value),
    readFileSync(join(import.meta.dirname, 'manifests', `${app}.yaml`), 'utf8'),
  );
  folder.write(`${app}.yaml`, text);
  const flags = [
    '-f',
    `${app}.yaml`,
    '--app',
    app,
    '--region',
    region,
    '--image',
    `${app}=ami-0123456789abcdef0`,
    '--yes',
    '--progress',
    'plain',
  ];
  const apply = folder.start('apply', ...flags);
  const stack = `default-${app}`;
  const resource = `${app[0]?.toUpperCase()}${app.slice(1)}Group`;
  const reasons = async () =>
    (await readStackEvents(cloud.clients, stack).catch(() => []))
      .filter((event) => event.LogicalResourceId === resource)
      .map((event) => event.ResourceStatusReason ?? '');
  let ended: CommandResult | undefined;
  void apply.ended.then((ran) => {
    ended = ran;
  });
  await waitUntil('the group waits', async () => {
    if (ended) throw new Error(`apply ended: ${ended.stderr}`);
    return (await reasons()).includes('Resource creation Initiated');
  });
  const state = await readStack(cloud.clients, stack);
  const document = JSON.parse(Object.values(state.launchTemplates)[0]?.userData ?? '{}');
  const id = Object.values(state.volumes)[0]?.VolumeId ?? '';
  const volume = async () => {
    const { Volumes } = await cloud.clients.ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }));
    return [Volumes?.[0]?.State, Volumes?.[0]?.Attachments?.[0]?.InstanceId].filter(Boolean).join(' ');
  };
  return {
    folder,
    stack,
    apply,
    userData: JSON.stringify({ ...document, endpoint: awsAddress }),
    status: async () => (await describeStack(cloud.clients, stack)).status,
    reasons,
    join: (machine) =>
      cloud.emulator.addMachine({
        stack,
        resource,
        instance: machine.instance,
        ready: machine.readiness,
        console: machine.consoleFile,
      }),
    volume,
    async attach(machine, file) {
      await waitUntil('the volume is attached', async () => (await volume()) === `in-use ${machine.instance}`, machine);
      await machine.plug({ id, file });
    },
    async done() {
      const ran = await apply.ended;
      folder.remove();
      return ran;
    },
  };
}
