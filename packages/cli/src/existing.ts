// Before anything is compiled for an account: what the settings name as being there is looked up, and kept for those who compile without it.
import type { Config, Diagnostic, LookedUp, Source } from '@i2kit/compiler';
import type { Context } from './context.ts';
import { type Exit, exit } from './exit.ts';
import { report } from './output/report.ts';
import type { Output } from './output/write.ts';
import { problem } from './problem.ts';
import { parseSettings } from './settings/document.ts';
import { lookedUpOutput, type ReadLookedUp, withNetwork } from './settings/looked-up.ts';

interface Settings {
  readonly env: string;
  readonly config: Config;
  readonly region: string | undefined;
  readonly lookedUp: ReadLookedUp;
  readonly texts: readonly Source[];
  /** The configuration's own text, where there is one. */
  readonly configuration: Source | undefined;
}

type Then = (found: LookedUp | undefined, files: readonly Output[]) => Promise<Exit>;

/**
 * Goes on with what is known of the account. It is looked up where it is not known yet, or where `verify` wants what is
 * known to be looked at again; what was found once stays, whatever else has the same tags by now.
 */
export async function withExisting(context: Context, settings: Settings, verify: boolean, then: Then): Promise<Exit> {
  const { env, config, region, lookedUp } = settings;
  const compiler = await context.compiler();
  const asked = compiler.asked(config);
  const known = compiler.foundFor(config, env, lookedUp.value);
  const names = Object.keys(asked).length > 0;
  if (verify ? !names && !namesById(config) : !names || known !== undefined) return then(lookedUp.value, []);
  const aws = await context.aws();
  return aws.lookUp(context, { config, asked, known, region }, async (answer) => {
    if ('wrong' in answer) {
      report(context, compiler, await placed(settings.configuration, answer.wrong), settings.texts);
      return exit.refused;
    }
    if (!names) return then(lookedUp.value, []);
    const next = withNetwork(lookedUp.value, env, answer.found);
    return then(next, [lookedUpOutput(lookedUp, next)]);
  });
}

/** True where something is named that needs no look-up to compile, and yet has to be there. */
const namesById = ({ keyPair, bucket, hostedZone }: Config): boolean =>
  keyPair !== undefined || typeof bucket === 'string' || (typeof hostedZone === 'object' && hostedZone.id !== undefined);

/** Each at its setting, where that is in the configuration's file. */
async function placed(file: Source | undefined, wrong: readonly Wrong[]): Promise<readonly Diagnostic[]> {
  const document = file && (await parseSettings(file.text));
  return wrong.map(({ code, message, hint, path }) =>
    problem(code, message, {
      source: file?.name ?? 'i2kit.yaml',
      path,
      ...(document && { offset: document.offset(path, false) }),
      ...(hint !== undefined && { hint }),
    }),
  );
}

/** Something that is not there, not alone, or cannot be used. */
export interface Wrong {
  readonly code: 'I2K707' | 'I2K719';
  readonly message: string;
  readonly hint?: string;
  /** Of the setting. */
  readonly path: readonly string[];
}
