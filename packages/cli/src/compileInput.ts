// Reads everything a compilation needs, and reports all problems at once.
import { escapeInvisible, listText } from '@i2kit/common';
import type { CompileOptions, CompileResult, Diagnostic, Source } from '@i2kit/compiler';
import { appNameOf } from './config/appName.ts';
import { readConfig } from './config/configFile.ts';
import { type ContextFile, readContextFile } from './config/contextFile.ts';
import { flagSettings, mergedConfig, namespaceDiagnostics } from './config/flagSettings.ts';
import { parseImageFlags } from './config/imageFlags.ts';
import { type LockFile, readLockFile } from './config/lockFile.ts';
import type { Context } from './context.ts';
import { diagnosticAt } from './diagnostic.ts';
import { readSources } from './input/sources.ts';
import type { Compiler } from './ports/compiler.ts';

export interface CompileInput {
  readonly compiler: Compiler;
  readonly sources: readonly Source[];
  /** Every text that a diagnostic may point into: manifests, configuration, lock file. */
  readonly texts: readonly Source[];
  /** Errors that prevent compiling; empty if `options` is present. */
  readonly problems: readonly Diagnostic[];
  readonly options?: CompileOptions;
  readonly lock: LockFile;
  readonly lookedUp: ContextFile;
  /** The configuration's own text, if there is one. */
  readonly configuration: Source | undefined;
}

export const defaultEnv = 'default';

export async function readCompileInput({ io, values, compiler: load }: Context): Promise<CompileInput> {
  const file = await readConfig(io, values.config);
  const lock = await readLockFile(io, values, file.name);
  const lookedUp = await readContextFile(io, file.name);
  const over = flagSettings(io.env, values);
  const { images, problems: wrongImages } = parseImageFlags(values.image ?? []);
  const { sources, problems: unread } = await readSources(io, values);
  const compiler = await load();
  if (values.verbose) io.stderr.write(inputSummary(file.name, lock, sources));
  const config = { ...mergedConfig(file.config, over.config), ...(values.debug && { debug: true }) };
  const texts = [...sources, ...[file.source, lock.source, lookedUp.source].filter((source) => source !== undefined)];
  const problems = [
    ...file.problems,
    ...lock.problems,
    ...lookedUp.problems,
    ...over.problems,
    ...wrongImages,
    ...namespaceDiagnostics(values.namespace),
    ...unread,
  ];
  if (unread.length === 0 && sources.every(({ text }) => !hasContent(text)))
    problems.push(noWorkloadDiagnostic('no objects in the input', sources));
  // The labels are read for a name only if everything else could be read: the unread part may be the cause.
  const app = config.app === undefined && problems.length === 0 ? appNameOf(compiler, sources) : undefined;
  const name = app?.ok ? app.value : config.app;
  if (app?.ok === false) problems.push(...app.problems);
  if (problems.length > 0 || name === undefined)
    return { compiler, sources, texts, problems, lock, lookedUp, configuration: file.source };
  const options: CompileOptions = {
    app: name,
    env: config.env ?? defaultEnv,
    config,
    ...(file.name !== undefined && { configName: file.name }),
    ...(values.namespace !== undefined && { namespace: values.namespace }),
    ...(values.selector !== undefined && { selector: values.selector }),
    ...(values.image !== undefined && { images }),
    ...(values['require-images'] && { requireImages: true }),
    ...(values['prune-volumes'] && { pruneVolumes: true }),
    ...(values['ignore-kind'] && {
      ignoreKinds: values['ignore-kind'].flatMap((kinds) => kinds.split(',')).filter((kind) => kind !== ''),
    }),
    ...(lock.lock && { lock: lock.lock }),
    ...(lookedUp.value && { context: lookedUp.value }),
  };
  return { compiler, sources, texts, problems, options, lock, lookedUp, configuration: file.source };
}

/** Compiles, and refuses a result without workloads, which would delete all machines of a deployed app. */
export function compileWorkloads(
  { compiler, sources }: Pick<CompileInput, 'compiler' | 'sources'>,
  options: CompileOptions,
): CompileResult {
  const result = compiler.compile(sources, options);
  if (!result.ok || result.plan.groups.length > 0) return result;
  const diagnostic = noWorkloadDiagnostic('no workload in the input', sources);
  return { ok: false, diagnostics: [...result.diagnostics, diagnostic] };
}

/** False for a text of blank lines, comments and ends of documents. */
const hasContent = (text: string): boolean =>
  text.split('\n').some((line) => !/^\s*(?:(?:---|\.\.\.)?\s*(?:#.*)?)$/.test(line));

const noWorkloadDiagnostic = (message: string, sources: readonly Source[]): Diagnostic =>
  diagnosticAt('I2K738', message, {
    source: sources[0]?.name ?? '-f',
    hint: 'Check the command or the selector that produces the input. To delete an app, run `i2kit destroy`.',
  });

/** The configuration's region, else that of AWS's variables. */
export const regionOf = ({ env }: Context['io'], { config }: Pick<CompileOptions, 'config'>): string | undefined =>
  config?.region ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined);

/** For --verbose: the files that were read. */
function inputSummary(config: string | undefined, { name, lock }: LockFile, sources: readonly Source[]): string {
  const settings = `configuration: ${escapeInvisible(config ?? 'none')}; lock: ${lock ? escapeInvisible(name) : 'none'}`;
  return `${settings}\nmanifests: ${listText(sources.map((source) => escapeInvisible(source.name))) || 'none'}\n`;
}
