// A pair: the shop, a change of it, and the expected effects, written down independently of the program.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, compile, type Lock } from '@i2kit/compiler';
import { reviewStack, type StackReview, type Template, type TemplateInput } from '@i2kit/review';
import { parse } from 'yaml';

export interface Pair {
  readonly what: string;
  /** Texts of the shop's manifests, each unique, and their replacements. */
  readonly change?: readonly { readonly from: string; readonly to: string }[];
  /** Manifests that the change adds. */
  readonly add?: string;
  /** Additional manifests before the change. */
  readonly had?: string;
  /** Settings after the change. */
  readonly config?: Config;
  /** Settings before the change. */
  readonly hadConfig?: Config;
  /** Lock decisions after the change; the rest of each is kept. */
  readonly lock?: { readonly volumes?: Readonly<Record<string, object>> };
  /** Removes volumes that are no longer mounted. */
  readonly pruneVolumes?: boolean;
  /** `Deployment/web ROLL 3 machines (t3.nano), one at a time, about 6 min [guard]`. */
  readonly effects: readonly string[];
  /** Differences from the emulator's change set, each with its reason. */
  readonly otherwise?: Readonly<Record<string, string>>;
}

const here = import.meta.dirname;
const shop = readFileSync(join(here, 'shop.yaml'), 'utf8');

export const images = {
  web: 'ami-0a1b2c3d4e5f60001',
  api: 'ami-0a1b2c3d4e5f60002',
  db: 'ami-0a1b2c3d4e5f60003',
};
export const settings: Config = { app: 'shop', region: 'eu-west-1', hostedZone: 'example.com', images };

export const pairs: readonly (readonly [name: string, pair: Pair])[] = readdirSync(join(here, 'pairs'))
  .sort()
  .map((file) => [file.replace('.yaml', ''), parse(readFileSync(join(here, 'pairs', file), 'utf8')) as Pair]);

export function templatesOf({
  change = [],
  add,
  had,
  config,
  hadConfig,
  lock,
  pruneVolumes,
}: Pair): readonly [before: TemplateInput, after: TemplateInput] {
  const settingsWith = (own: Config | undefined): Config => ({
    ...settings,
    ...hadConfig,
    ...own,
    images: { ...images, ...(own?.images ?? hadConfig?.images) },
  });
  const first = compiledInput([shop, had].filter(Boolean).join('\n---\n'), settingsWith(undefined));
  const changed = change.reduce((text, { from, to }) => {
    if (text.split(from).length !== 2) throw new Error(`the shop has '${from}' ${text.split(from).length - 1} times`);
    return text.replace(from, () => to);
  }, [shop, had].filter(Boolean).join('\n---\n'));
  const second = compiledInput(
    [changed, add].filter(Boolean).join('\n---\n'),
    settingsWith(config),
    mergedLock(first.lock, lock),
    pruneVolumes,
  );
  return [first.side, second.side];
}

const mergedLock = (all: Lock, { volumes = {} }: NonNullable<Pair['lock']> = {}): Lock => ({
  ...all,
  volumes: mapValues(all.volumes ?? {}, (disks) => mapValues(disks, (disk, claim) => ({ ...disk, ...volumes[claim] }))),
});

const mapValues = <T>(entries: Readonly<Record<string, T>>, of: (value: T, key: string) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, of(value, key)]));

/** What has been compiled: most pairs have the same shop before. */
const compiledInputs = new Map<string, ReturnType<typeof compileInput>>();

function compiledInput(...args: Parameters<typeof compileInput>): ReturnType<typeof compileInput> {
  const key = JSON.stringify(args);
  const known = compiledInputs.get(key) ?? compileInput(...args);
  compiledInputs.set(key, known);
  return known;
}

function compileInput(
  text: string,
  config: Config,
  lock?: Lock,
  pruneVolumes = false,
): { readonly side: TemplateInput; readonly lock: Lock } {
  const result = compile([{ name: 'shop.yaml', text }], {
    app: 'shop',
    env: 'default',
    config,
    pruneVolumes,
    ...(lock && { lock }),
  });
  const [stack] = result.ok ? result.stacks : [];
  if (!result.ok || !stack)
    throw new Error(
      result.diagnostics
        .filter(({ severity }) => severity === 'error')
        .map(({ code, message }) => `${code} ${message}`)
        .join('\n'),
    );
  const payloads = new Map(stack.assets.map(({ sha256, bytes }) => [sha256, bytes]));
  return {
    side: { template: stack.template as unknown as Template, known: { region: 'eu-west-1' }, payloads },
    lock: result.lock,
  };
}

export function reviewOf(pair: Pair): StackReview {
  const [before, after] = templatesOf(pair);
  return reviewStack({ stack: 'default-shop', before, after });
}

export const effectLines = ({ effects }: StackReview): readonly string[] =>
  effects.map(
    ({ object, verb, text, guard }) =>
      `${object.replace('/default/', '/')} ${verb} ${text}${guard ? ` [${guard}]` : ''}`,
  );
