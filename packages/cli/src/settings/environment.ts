// What is read before an environment's template is made: configuration, variables, and what was looked up.
import type { Config, Diagnostic, EnvironmentOptions, EnvironmentResult, LookedUp, Source } from '@i2kit/compiler';
import type { Compiler } from '../compiler-ports.ts';
import type { Context } from '../context.ts';
import { failed } from '../output/report.ts';
import { defaultEnv, regionOf } from '../prepare.ts';
import { readConfig } from './config.ts';
import { type ReadLookedUp, readLookedUp } from './looked-up.ts';
import { merged, overrides } from './overrides.ts';

export interface EnvironmentSettings {
  readonly env: string;
  readonly config: Config;
  readonly region: string | undefined;
  readonly lookedUp: ReadLookedUp;
  /** Texts that a diagnostic may point into. */
  readonly texts: readonly Source[];
  readonly configuration: Source | undefined;
  readonly problems: readonly Diagnostic[];
}

export async function environmentSettings({ io, values }: Context): Promise<EnvironmentSettings> {
  const file = await readConfig(io, values.config);
  const lookedUp = await readLookedUp(io, file.name);
  const over = overrides(io.env, values);
  const config = merged(file.config, over.config);
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

/** The template, or none where something is wrong; `diagnostics` says it all. */
export function environmentOf(
  compiler: Pick<Compiler, 'environmentTemplate'>,
  { env, config, lookedUp, problems }: EnvironmentSettings,
  context: LookedUp | undefined = lookedUp.value,
): { readonly template: Extract<EnvironmentResult, { ok: true }>['template'] | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const options: EnvironmentOptions = { env, config, ...(context && { context }) };
  const result = problems.length > 0 ? undefined : compiler.environmentTemplate(options);
  const diagnostics = [...problems, ...(result?.diagnostics ?? [])];
  return { template: result?.ok && !failed(diagnostics) ? result.template : undefined, diagnostics };
}
