// Reads i2kit.yaml: the file of --config, or ./i2kit.yaml if it exists.
import { resolve } from 'node:path';
import type { Config, Diagnostic, Source } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import type { Io } from '../io.ts';
import { parseSettings, readSettingsText, schemaDiagnostics } from './settingsFile.ts';

export const defaultConfigFile = 'i2kit.yaml';

export interface ConfigFile {
  readonly config: Config;
  /** The file's name; absent if there is none. */
  readonly name?: string;
  readonly source?: Source;
  readonly problems: readonly Diagnostic[];
}

export async function readConfig(io: Io, given: string | undefined): Promise<ConfigFile> {
  const name = given ?? (io.files.existsSync(resolve(io.cwd, defaultConfigFile)) ? defaultConfigFile : undefined);
  if (name === undefined) return { config: {}, problems: [] };
  const { source, problems } = readSettingsText(io, name);
  if (!source) return { config: {}, name, problems };
  if (problems.length > 0) return { config: {}, name, source, problems };
  const { content } = await parseSettings(source.text);
  if (!content.ok) {
    const [{ message, offset }] = content.problems;
    return { config: {}, name, source, problems: [diagnosticAt('I2K730', message, { source: name, offset })] };
  }
  // A file of comments alone sets nothing.
  const value = content.value ?? {};
  const wrong = await schemaDiagnostics('config', source, value);
  // Validated against the schema; a test compares the schema with the type Config.
  return { config: wrong.length > 0 ? {} : (value as Config), name, source, problems: wrong };
}
