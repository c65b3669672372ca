// Everything that is read before manifests are compiled; all that is wrong with it is told at once.
import type { CompileOptions, Diagnostic, Source } from '@i2kit/compiler';
import type { Compiler } from './compiler-ports.ts';
import type { Context } from './context.ts';
import { readSources } from './input/sources.ts';
import { appOf } from './settings/app.ts';
import { readConfig } from './settings/config.ts';
import { parseImages } from './settings/images.ts';
import { type ReadLock, readLock } from './settings/lock.ts';
import { type ReadLookedUp, readLookedUp } from './settings/looked-up.ts';
import { namespaceProblems } from './settings/namespace.ts';
import { merged, overrides } from './settings/overrides.ts';
import { harmless, listed } from './text.ts';

export interface Prepared {
  readonly compiler: Compiler;
  readonly sources: readonly Source[];
  /** Every text that a diagnostic may point into: manifests, configuration, lock. */
  readonly texts: readonly Source[];
  /** Errors, because of which nothing is compiled; empty where `options` is there. */
  readonly problems: readonly Diagnostic[];
  readonly options?: CompileOptions;
  readonly lock: ReadLock;
  readonly lookedUp: ReadLookedUp;
  /** The configuration's own text, where there is one. */
  readonly configuration: Source | undefined;
}

export const defaultEnv = 'default';

export async function prepare({ io, values, compiler: load }: Context): Promise<Prepared> {
  const file = await readConfig(io, values.config);
  const lock = await readLock(io, values, file.name);
  const lookedUp = await readLookedUp(io, file.name);
  const over = overrides(io.env, values);
  const { images, problems: wrongImages } = parseImages(values.image ?? []);
  const { sources, problems: unread } = await readSources(io, values);
  const compiler = await load();
  if (values.verbose) io.stderr.write(whatWasRead(file.name, lock, sources));
  const config = { ...merged(file.config, over.config), ...(values.debug && { debug: true }) };
  const texts = [...sources, ...[file.source, lock.source, lookedUp.source].filter((source) => source !== undefined)];
  const problems = [
    ...file.problems,
    ...lock.problems,
    ...lookedUp.problems,
    ...over.problems,
    ...wrongImages,
    ...namespaceProblems(values.namespace),
    ...unread,
  ];
  // A name that the labels would give is asked for only where the rest can be read: it may be what is wrong with them.
  const app = config.app === undefined && problems.length === 0 ? appOf(compiler, sources) : undefined;
  const name = app?.ok ? app.value : config.app;
  if (app?.ok === false) problems.push(...app.problems);
  if (problems.length > 0 || name === undefined) return { compiler, sources, texts, problems, lock, lookedUp, configuration: file.source };
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
    ...(values['ignore-kind'] && { ignoreKinds: values['ignore-kind'].flatMap((kinds) => kinds.split(',')).filter((kind) => kind !== '') }),
    ...(lock.lock && { lock: lock.lock }),
    ...(lookedUp.value && { context: lookedUp.value }),
  };
  return { compiler, sources, texts, problems, options, lock, lookedUp, configuration: file.source };
}

/** The configuration's region, else AWS's own variables'. */
export const regionOf = ({ env }: Context['io'], { config }: Pick<CompileOptions, 'config'>): string | undefined =>
  config?.region ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined);

/** For who wonders why: which files counted. */
function whatWasRead(config: string | undefined, { name, lock }: ReadLock, sources: readonly Source[]): string {
  const settings = `configuration: ${harmless(config ?? 'none')}; lock: ${lock ? harmless(name) : 'none'}`;
  return `${settings}\nmanifests: ${listed(sources.map((source) => harmless(source.name))) || 'none'}\n`;
}
