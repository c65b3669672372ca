// Looks up the existing resources that the settings name before compiling, and keeps the results in the context file.
import type { AccountContext, Config, Diagnostic, Source } from '@i2kit/compiler';
import type { Context } from '../context.ts';
import { diagnosticAt } from '../diagnostic.ts';
import { type ExitCode, exit } from '../exit.ts';
import { reportDiagnostics } from '../output/diagnostics.ts';
import type { OutputFile } from '../output/writeFiles.ts';
import { type ContextFile, contextFileOutput, withNetwork } from './contextFile.ts';
import { parseSettings } from './settingsFile.ts';

interface LookupSettings {
  readonly env: string;
  readonly config: Config;
  readonly region: string | undefined;
  readonly lookedUp: ContextFile;
  readonly texts: readonly Source[];
  /** The configuration's own text, if there is one. */
  readonly configuration: Source | undefined;
}

type Continue = (found: AccountContext | undefined, files: readonly OutputFile[]) => Promise<ExitCode>;

/**
 * Adds the looked-up facts to the options. Looks up unknown ones, and known ones again with `verify`; a resource
 * found once stays, whatever else has its tags by now.
 */
export async function withExistingResources(
  context: Context,
  settings: LookupSettings,
  verify: boolean,
  then: Continue,
): Promise<ExitCode> {
  const { env, config, region, lookedUp } = settings;
  const compiler = await context.compiler();
  const asked = compiler.requiredLookups(config);
  const known = compiler.knownLookups(config, env, lookedUp.value);
  const names = Object.keys(asked).length > 0;
  if (verify ? !names && !namesResourcesById(config) : !names || known !== undefined) return then(lookedUp.value, []);
  const aws = await context.aws();
  return aws.findExistingResources(context, { config, asked, known, region }, async (answer) => {
    if (!answer.ok) {
      reportDiagnostics(
        context,
        compiler,
        await settingDiagnostics(settings.configuration, answer.problems),
        settings.texts,
      );
      return exit.refused;
    }
    if (!names) return then(lookedUp.value, []);
    const next = withNetwork(lookedUp.value, env, answer.value);
    return then(next, [contextFileOutput(lookedUp, next)]);
  });
}

/** True if a setting names a resource whose existence is not needed to compile but has to be verified. */
const namesResourcesById = ({ keyPair, bucket, hostedZone }: Config): boolean =>
  keyPair !== undefined ||
  typeof bucket === 'string' ||
  (typeof hostedZone === 'object' && hostedZone.id !== undefined);

/** Each at its setting, if that is in the configuration file. */
async function settingDiagnostics(
  file: Source | undefined,
  problems: readonly SettingError[],
): Promise<readonly Diagnostic[]> {
  const document = file && (await parseSettings(file.text));
  return problems.map(({ code, message, hint, path }) =>
    diagnosticAt(code, message, {
      source: file?.name ?? 'i2kit.yaml',
      path,
      ...(document && { offset: document.offset(path, false) }),
      ...(hint !== undefined && { hint }),
    }),
  );
}

/** A resource that is missing, ambiguous or unusable. */
export interface SettingError {
  readonly code: 'I2K707' | 'I2K719';
  readonly message: string;
  readonly hint?: string;
  /** Path of the setting. */
  readonly path: readonly string[];
}
