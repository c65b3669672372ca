// Secrets Manager through the AWS SDK. The SDK gives each write a token and keeps it for retries, so that a repeated
// write adds no second version.

import { clientConfig, type SdkOptions } from '@i2kit/aws';
import { compareText } from '@i2kit/common';
import type { SecretState, SecretsPort } from '../ports/secrets.ts';

export interface SecretsAdapter extends SecretsPort {
  close(): void;
}

export async function secretsAdapter(options: SdkOptions): Promise<SecretsAdapter> {
  const sdk = await import('@aws-sdk/client-secrets-manager');
  const client = new sdk.SecretsManagerClient({ ...clientConfig(options), maxAttempts: 4 });
  const tagged = (tags: Readonly<Record<string, string>>) =>
    Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    async describe(SecretId) {
      try {
        const found = await client.send(new sdk.DescribeSecretCommand({ SecretId }));
        return secretStateOf({ ...found, SecretVersionsToStages: found.VersionIdsToStages });
      } catch (error) {
        if (error instanceof sdk.ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    async readCurrent(SecretId) {
      const { SecretString = '', VersionId = '' } = await client.send(new sdk.GetSecretValueCommand({ SecretId }));
      return { version: VersionId, value: SecretString };
    },
    async create({ name, value, tags, kmsKey }) {
      const { VersionId = '' } = await client.send(
        new sdk.CreateSecretCommand({
          Name: name,
          SecretString: value,
          Tags: tagged(tags),
          ...(kmsKey !== undefined && { KmsKeyId: kmsKey }),
        }),
      );
      return VersionId;
    },
    async put(SecretId, SecretString) {
      const { VersionId = '' } = await client.send(new sdk.PutSecretValueCommand({ SecretId, SecretString }));
      return VersionId;
    },
    setKmsKey: (SecretId, KmsKeyId) => client.send(new sdk.UpdateSecretCommand({ SecretId, KmsKeyId })),
    restore: (SecretId) => client.send(new sdk.RestoreSecretCommand({ SecretId })),
    remove: (SecretId, days) =>
      client.send(
        new sdk.DeleteSecretCommand({
          SecretId,
          ...(days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days }),
        }),
      ),
    async list(prefix) {
      const found: SecretState[] = [];
      const asked = { Filters: [{ Key: 'name' as const, Values: [prefix] }], IncludePlannedDeletion: true };
      for await (const { SecretList = [] } of sdk.paginateListSecrets({ client }, asked)) {
        // The service's filter ignores case and matches prefixes.
        found.push(...SecretList.map(secretStateOf).filter(({ name }) => name.startsWith(prefix)));
      }
      return found.sort((a, b) => compareText(a.name, b.name));
    },
    close: () => client.destroy(),
  };
}

interface SecretDescription {
  readonly Name?: string | undefined;
  readonly SecretVersionsToStages?: Record<string, string[]> | undefined;
  readonly DeletedDate?: Date | undefined;
  readonly KmsKeyId?: string | undefined;
}

const secretStateOf = ({
  Name = '',
  SecretVersionsToStages = {},
  DeletedDate,
  KmsKeyId,
}: SecretDescription): SecretState => ({
  name: Name,
  versions: SecretVersionsToStages,
  pendingDeletion: DeletedDate !== undefined,
  ...(KmsKeyId !== undefined && { kmsKey: KmsKeyId }),
});
