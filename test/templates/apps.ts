// Every app that the validators check: the examples, and the applications of ../shared/data if present.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompileResult, type Config, compile, type Source } from '@i2kit/compiler';
import { parse } from 'yaml';

const root = new URL('../..', import.meta.url).pathname;
const data = process.env['I2KIT_SHARED_DATA'] ?? join(root, '../shared/data');

export interface App {
  readonly name: string;
  readonly sources: readonly Source[];
  readonly config: Config;
}

const manifests = (folder: string): readonly Source[] =>
  readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file) && !file.startsWith('i2kit.'))
    .sort()
    .map((file) => ({ name: file, text: readFileSync(join(folder, file), 'utf8') }));

const folders = (parent: string) =>
  existsSync(parent)
    ? readdirSync(parent, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    : [];

const all: readonly App[] = folders(join(root, 'examples')).map((name) => {
  const folder = join(root, 'examples', name);
  const file = join(folder, 'i2kit.yaml');
  return {
    name,
    sources: manifests(folder),
    config: existsSync(file) ? (parse(readFileSync(file, 'utf8')) as Config) : {},
  };
});

/** Apps of several stacks have validators of their own: see layout.test.ts. */
const hasManyStacks = ({ config }: App) => config.stacks === 'workload';
export const examples: readonly App[] = all.filter((app) => !hasManyStacks(app));
export const multiStackApps: readonly App[] = all.filter(hasManyStacks);

/** Applications that must compile unmodified. */
const wholeCorpusApps = [
  'voting',
  'guestbook',
  'online-boutique',
  'sock-shop',
  'bank-of-anthos',
  'cassandra',
  'robot-shop',
];

export const corpus: readonly App[] = folders(join(data, 'corpus'))
  .filter((name) => wholeCorpusApps.includes(name))
  .map((name) => ({
    name: `corpus-${name}`,
    sources: manifests(join(data, 'corpus', name)),
    config: { region: 'eu-west-1' },
  }));

export const apps: readonly App[] = [...examples, ...corpus];

export const compileApp = ({ name, sources, config }: App): CompileResult =>
  compile(sources, { app: config.app ?? name, env: config.env ?? 'default', config });

/** The template of an app that must compile. */
export function templateOf(app: App): Record<string, never> {
  const result = compileApp(app);
  if (!result.ok)
    throw new Error(
      `${app.name}: ${JSON.stringify(
        result.diagnostics.filter(({ severity }) => severity === 'error'),
        null,
        1,
      )}`,
    );
  const [stack] = result.stacks;
  return JSON.parse(JSON.stringify(stack?.template)) as Record<string, never>;
}
