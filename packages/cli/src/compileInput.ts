// Reads everything a compilation needs, and reports all problems at once.
import { escapeInvisible, listText, type Outcome, referenceRegion, success } from '@i2kit/common';
import type { CompileOptions, CompileResult, Config, Diagnostic, Source } from '@i2kit/compiler';
import { type AppName, appNameOf, guessText } from './config/appName.ts';
import { readConfig } from './config/configFile.ts';
import { type ContextFile, readContextFile } from './config/contextFile.ts';
import { flagSettings, mergedConfig, namespaceDiagnostics } from './config/flagSettings.ts';
import { parseImageFlags } from './config/imageFlags.ts';
import { type LockFile, readLockFile } from './config/lockFile.ts';
import type { Context } from './context.ts';
import { diagnosticAt } from './diagnostic.ts';
import { readSources } from './input/sources.ts';
import type { Compiler, NamelessOptions } from './ports/compiler.ts';

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
  /** The app's name, if it was guessed: another folder gives another. */
  readonly guessedApp?: string;
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
  const unusable = { compiler, sources, texts, problems, lock, lookedUp, configuration: file.source };
  if (problems.length > 0) return unusable;
  const options: NamelessOptions = {
    env: config.env ?? defaultEnv,
    config: withRegion(io, config),
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
  const app: Outcome<AppName, Diagnostic> =
    config.app === undefined ? appNameOf(io, values, { compiler, sources, options }) : success({ name: config.app });
  if (!app.ok) return { ...unusable, problems: app.problems };
  if (!values.quiet) io.stderr.write(guessText(app.value));
  const { name, guessedFrom } = app.value;
  return { ...unusable, options: { ...options, app: name }, ...(guessedFrom !== undefined && { guessedApp: name }) };
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
  text.split('\n').some((line) => !/^\s*(?:(?:---|\.\.\.)\s*)?(?:#.*)?$/.test(line));

/** The region of prices is also the one that AWS's own examples use. */
const assumedRegion = referenceRegion;

/**
 * Compiles for a command that needs no account: where a volume or an address needs a zone and no region is set, one is
 * assumed. Not for a result that the lock file keeps, as the zone of a volume stays in it.
 */
export function compileOffline({ io, values }: Context, input: CompileInput, options: CompileOptions): CompileResult {
  const result = compileWorkloads(input, options);
  if (result.ok || values['write-lock'] || !result.diagnostics.every(isForLackOfRegion)) return result;
  const assumed = compileWorkloads(input, { ...options, config: { ...options.config, region: assumedRegion } });
  if (!assumed.ok) return result;
  if (!values.quiet)
    io.stderr.write(
      `No region is set; zones of ${assumedRegion} are assumed. Pass --region, or set AWS_REGION, or region: in i2kit.yaml.\n`,
    );
  return assumed;
}

const isForLackOfRegion = ({ severity, code }: Diagnostic) => severity !== 'error' || code === 'I2K704';

const noWorkloadDiagnostic = (message: string, sources: readonly Source[]): Diagnostic =>
  diagnosticAt('I2K738', message, {
    source: sources[0]?.name ?? '-f',
    hint: 'Check the command or the selector that produces the input. To delete an app, run `i2kit destroy`.',
  });

/** Volumes and addresses stand in zones of a region: of the one that AWS's own tools would use. */
function withRegion(io: Context['io'], config: Config): Config {
  const region = regionOf(io, { config });
  return region === undefined ? config : { ...config, region };
}

/** The configuration's region, else that of AWS's variables. */
export const regionOf = ({ env }: Context['io'], { config }: Pick<CompileOptions, 'config'>): string | undefined =>
  config?.region ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined);

/** For --verbose: the files that were read. */
function inputSummary(config: string | undefined, { name, lock }: LockFile, sources: readonly Source[]): string {
  const settings = `configuration: ${escapeInvisible(config ?? 'none')}; lock: ${lock ? escapeInvisible(name) : 'none'}`;
  return `${settings}\nmanifests: ${listText(sources.map((source) => escapeInvisible(source.name))) || 'none'}\n`;
}
