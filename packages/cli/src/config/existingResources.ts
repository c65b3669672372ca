// Before anything is compiled for an account: what the settings name as being there is looked up, and kept for those who compile without it.
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
  /** The configuration's own text, where there is one. */
  readonly configuration: Source | undefined;
}

type Continue = (found: AccountContext | undefined, files: readonly OutputFile[]) => Promise<ExitCode>;

/**
 * Goes on with what is known of the account. It is looked up where it is not known yet, or where `verify` wants what is
 * known to be looked at again; what was found once stays, whatever else has the same tags by now.
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
    if ('wrong' in answer) {
      reportDiagnostics(
        context,
        compiler,
        await settingDiagnostics(settings.configuration, answer.wrong),
        settings.texts,
      );
      return exit.refused;
    }
    if (!names) return then(lookedUp.value, []);
    const next = withNetwork(lookedUp.value, env, answer.found);
    return then(next, [contextFileOutput(lookedUp, next)]);
  });
}

/** True where something is named that needs no look-up to compile, and yet has to be there. */
const namesResourcesById = ({ keyPair, bucket, hostedZone }: Config): boolean =>
  keyPair !== undefined ||
  typeof bucket === 'string' ||
  (typeof hostedZone === 'object' && hostedZone.id !== undefined);

/** Each at its setting, where that is in the configuration's file. */
async function settingDiagnostics(
  file: Source | undefined,
  wrong: readonly SettingError[],
): Promise<readonly Diagnostic[]> {
  const document = file && (await parseSettings(file.text));
  return wrong.map(({ code, message, hint, path }) =>
    diagnosticAt(code, message, {
      source: file?.name ?? 'i2kit.yaml',
      path,
      ...(document && { offset: document.offset(path, false) }),
      ...(hint !== undefined && { hint }),
    }),
  );
}

/** Something that is not there, not alone, or cannot be used. */
export interface SettingError {
  readonly code: 'I2K707' | 'I2K719';
  readonly message: string;
  readonly hint?: string;
  /** Of the setting. */
  readonly path: readonly string[];
}
