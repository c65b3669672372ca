// Selects the stack of a command: the operand, or `<env>-<app>` from flags, configuration and manifests.
import { type Failure, failure, success } from '@i2kit/common';
import type { Config, Diagnostic, Source } from '@i2kit/compiler';
import { defaultEnv, regionOf } from '../../compileInput.ts';
import { appNameOf, guessText } from '../../config/appName.ts';
import { readConfig } from '../../config/configFile.ts';
import { flagSettings, mergedConfig } from '../../config/flagSettings.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit, type Reported } from '../../exit.ts';
import { readSources } from '../../input/sources.ts';
import { reportDiagnostics } from '../../output/diagnostics.ts';
import type { SelectedStack } from '../../ports/aws.ts';
import { environmentStackName } from '../env/synth.ts';

/** The operand's stack, else that of the app. */
export async function selectStack(context: Context): Promise<Reported<SelectedStack>> {
  const { io, values, operands } = context;
  const { config, env, region, problems, texts } = await readSelectionSettings(context);
  if (problems.length > 0) return reportProblems(context, problems, texts);
  const [word] = operands;
  const stackSet = context.values['stack-set'] ?? config.stackSet !== undefined;
  if (word !== undefined) return success({ stackName: word, region, env, stackSet });
  const ofApp = (app: string) => success({ stackName: `${env}-${app}`, region, env, stackSet, owner: { env, app } });
  if (config.app !== undefined) return ofApp(config.app);
  const { sources, problems: unread } =
    values.filename || values.kustomize ? await readSources(io, values) : { sources: [], problems: [] };
  if (unread.length > 0) return reportProblems(context, unread, sources);
  const compiler = await context.compiler();
  const app = appNameOf(io, values, {
    compiler,
    sources,
    options: { env, config: { ...config, ...(region && { region }) } },
  });
  if (!app.ok) return reportProblems(context, app.problems, sources);
  if (!values.quiet) io.stderr.write(guessText(app.value));
  return ofApp(app.value.name);
}

/** The environment's own stack. */
export async function selectEnvironmentStack(
  context: Context,
): Promise<Reported<SelectedStack & { readonly foundationOf: string }>> {
  const { env, region, problems, texts } = await readSelectionSettings(context);
  return problems.length > 0
    ? reportProblems(context, problems, texts)
    : success({
        stackName: environmentStackName(env),
        region,
        env,
        stackSet: false,
        owner: { env },
        foundationOf: env,
      });
}

interface SelectionSettings {
  readonly config: Config;
  readonly env: string;
  readonly region: string | undefined;
  readonly problems: readonly Diagnostic[];
  readonly texts: readonly Source[];
}

async function readSelectionSettings({ io, values }: Context): Promise<SelectionSettings> {
  const file = await readConfig(io, values.config);
  const over = flagSettings(io.env, values);
  const config = mergedConfig(file.config, over.config);
  return {
    config,
    env: config.env ?? defaultEnv,
    region: regionOf(io, { config }),
    problems: [...file.problems, ...over.problems],
    texts: file.source ? [file.source] : [],
  };
}

async function reportProblems(
  context: Context,
  problems: readonly Diagnostic[],
  texts: readonly Source[],
): Promise<Failure<ExitCode>> {
  reportDiagnostics(context, await context.compiler(), problems, texts);
  return failure(exit.input);
}
