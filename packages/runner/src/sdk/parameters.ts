// Systems Manager parameters through the AWS SDK.

import { clientConfig, type SdkOptions } from '@i2kit/aws';
import type { ParametersPort } from '../ports/parameters.ts';

export interface ParametersAdapter extends ParametersPort {
  close(): void;
}

/** Names in one call of DeleteParameters. */
const maxNamesPerDelete = 10;

export async function parametersAdapter(options: SdkOptions): Promise<ParametersAdapter> {
  const sdk = await import('@aws-sdk/client-ssm');
  const client = new sdk.SSMClient({ ...clientConfig(options), maxAttempts: 4 });
  return {
    async get(Name) {
      try {
        return (await client.send(new sdk.GetParameterCommand({ Name }))).Parameter?.Value;
      } catch (error) {
        if (error instanceof sdk.ParameterNotFound) return undefined;
        throw error;
      }
    },
    async listBelow(Path) {
      const found: [string, string][] = [];
      for await (const { Parameters = [] } of sdk.paginateGetParametersByPath({ client }, { Path, Recursive: true })) {
        found.push(...Parameters.map(({ Name = '', Value = '' }): [string, string] => [Name, Value]));
      }
      return Object.fromEntries(found);
    },
    // Over 4 KB it becomes an advanced parameter automatically.
    put: (Name, Value) =>
      client.send(
        new sdk.PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true, Tier: 'Intelligent-Tiering' }),
      ),
    async remove(names) {
      for (let at = 0; at < names.length; at += maxNamesPerDelete) {
        await client.send(new sdk.DeleteParametersCommand({ Names: names.slice(at, at + maxNamesPerDelete) }));
      }
    },
    close: () => client.destroy(),
  };
}
