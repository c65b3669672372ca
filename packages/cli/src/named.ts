// Which stack a command is about: the one that a word names, or `<env>-<app>` of flags, configuration and manifests.
import type { Config, Diagnostic, Source } from '@i2kit/compiler';
import type { Named } from './aws-ports.ts';
import { environmentStack } from './commands/env-synth.ts';
import type { Context } from './context.ts';
import { readSources } from './input/sources.ts';
import { report } from './output/report.ts';
import { defaultEnv, regionOf } from './prepare.ts';
import { appOf } from './settings/app.ts';
import { readConfig } from './settings/config.ts';
import { merged, overrides } from './settings/overrides.ts';

/** Undefined where it cannot be told; what is wrong has then been said. */
export async function named(context: Context): Promise<Named | undefined> {
  const { io, values, operands } = context;
  const { config, env, region, problems, texts } = await settings(context);
  if (problems.length > 0) return say(context, problems, texts);
  const [word] = operands;
  const stackSet = context.values['stack-set'] ?? config.stackSet !== undefined;
  if (word !== undefined) return { stackName: word, region, env, stackSet };
  const ofApp = (app: string): Named => ({ stackName: `${env}-${app}`, region, env, stackSet, owner: { env, app } });
  if (config.app !== undefined) return ofApp(config.app);
  const { sources, problems: unread } = values.filename || values.kustomize ? await readSources(io, values) : { sources: [], problems: [] };
  if (unread.length > 0) return say(context, unread, sources);
  const app = appOf(await context.compiler(), sources);
  return app.ok ? ofApp(app.value) : say(context, app.problems, sources);
}

/** The environment's own stack. */
export async function environment(context: Context): Promise<(Named & { readonly foundationOf: string }) | undefined> {
  const { env, region, problems, texts } = await settings(context);
  return problems.length > 0
    ? say(context, problems, texts)
    : { stackName: environmentStack(env), region, env, stackSet: false, owner: { env }, foundationOf: env };
}

interface Settings {
  readonly config: Config;
  readonly env: string;
  readonly region: string | undefined;
  readonly problems: readonly Diagnostic[];
  readonly texts: readonly Source[];
}

async function settings({ io, values }: Context): Promise<Settings> {
  const file = await readConfig(io, values.config);
  const over = overrides(io.env, values);
  const config = merged(file.config, over.config);
  return {
    config,
    env: config.env ?? defaultEnv,
    region: regionOf(io, { config }),
    problems: [...file.problems, ...over.problems],
    texts: file.source ? [file.source] : [],
  };
}

async function say(context: Context, problems: readonly Diagnostic[], texts: readonly Source[]): Promise<undefined> {
  report(context, await context.compiler(), problems, texts);
  return undefined;
}
