// The profiles of the AWS configuration files.
import { loadSharedConfigFiles } from '@smithy/core/config';

/** Sorted names from both files; empty without files. */
export async function readProfileNames(): Promise<readonly string[]> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  return [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])].sort();
}
