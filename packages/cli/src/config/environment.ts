// Reads everything that an environment's template needs: configuration, variables and the context file.
import type {
  AccountContext,
  Config,
  Diagnostic,
  EnvironmentOptions,
  EnvironmentResult,
  Source,
} from '@i2kit/compiler';
import { defaultEnv, regionOf } from '../compileInput.ts';
import type { Context } from '../context.ts';
import { hasErrors } from '../output/diagnostics.ts';
import type { Compiler } from '../ports/compiler.ts';
import { readConfig } from './configFile.ts';
import { type ContextFile, readContextFile } from './contextFile.ts';
import { flagSettings, mergedConfig } from './flagSettings.ts';

export interface EnvironmentSettings {
  readonly env: string;
  readonly config: Config;
  readonly region: string | undefined;
  readonly lookedUp: ContextFile;
  /** Texts that a diagnostic may point into. */
  readonly texts: readonly Source[];
  readonly configuration: Source | undefined;
  readonly problems: readonly Diagnostic[];
}

export async function readEnvironmentSettings({ io, values }: Context): Promise<EnvironmentSettings> {
  const file = await readConfig(io, values.config);
  const lookedUp = await readContextFile(io, file.name);
  const over = flagSettings(io.env, values);
  const config = mergedConfig(file.config, over.config);
  return {
    env: config.env ?? defaultEnv,
    config,
    region: regionOf(io, { config }),
    lookedUp,
    texts: [file.source, lookedUp.source].filter((source) => source !== undefined),
    configuration: file.source,
    problems: [...file.problems, ...lookedUp.problems, ...over.problems],
  };
}

/** The template, or none after errors; `diagnostics` has all of them. */
export function compileEnvironment(
  compiler: Pick<Compiler, 'environmentTemplate'>,
  { env, config, lookedUp, problems }: EnvironmentSettings,
  context: AccountContext | undefined = lookedUp.value,
): {
  readonly template: Extract<EnvironmentResult, { ok: true }>['template'] | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const options: EnvironmentOptions = { env, config, ...(context && { context }) };
  const result = problems.length > 0 ? undefined : compiler.environmentTemplate(options);
  const diagnostics = [...problems, ...(result?.diagnostics ?? [])];
  return { template: result?.ok && !hasErrors(diagnostics) ? result.template : undefined, diagnostics };
}
