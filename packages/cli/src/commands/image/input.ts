// Input of the image commands: the machine groups of the manifests whose images i2kit builds.
import { failure, type Problem, success } from '@i2kit/common';
import type { MachineGroup, Stack } from '@i2kit/compiler';
import { type CompileInput, defaultEnv, readCompileInput, regionOf } from '../../compileInput.ts';
import { readConfig } from '../../config/configFile.ts';
import { flagSettings } from '../../config/flagSettings.ts';
import { readLockFile } from '../../config/lockFile.ts';
import type { Context } from '../../context.ts';
import { diagnosticAt } from '../../diagnostic.ts';
import { exit, type Reported } from '../../exit.ts';
import type { FlagName } from '../../flags.ts';
import { hasErrors, reportDiagnostics } from '../../output/diagnostics.ts';
import type { ImageBuildInput, ImageScope } from '../../ports/image.ts';
import { problemIf } from '../shared/flagChecks.ts';

/** Flags that select workloads and the lock file. */
export const imageScopeFlags: readonly FlagName[] = ['app', 'env', 'config', 'image', 'region', 'lock'];

/** Flags of image builds. */
export const imageBuildFlags: readonly FlagName[] = ['boot', 'debug', 'update', 'mirror', 'images-dir', 'progress'];

/** Flags of imports into accounts. */
export const imageImportFlags: readonly FlagName[] = ['import', 'regions', 'accounts', 'encrypt', 'kms-key'];

/** Of flags that take one of a few words, or a number. */
export function imageFlagProblems({ values }: Pick<Context, 'values'>): readonly Problem[] {
  const choices = {
    import: ['ebs', 's3'],
    boot: ['uefi', 'bios'],
    accel: ['auto', 'kvm', 'hvf', 'tcg'],
    progress: ['tree', 'plain', 'json'],
  } as const;
  const chosen = Object.entries(choices).flatMap(([name, words]) => {
    const given = values[name as keyof typeof choices];
    return problemIf(
      given !== undefined && !(words as readonly string[]).includes(given),
      `--${name} takes ${words.join(', ')}; got '${given}'.`,
    );
  });
  const numbers = (['keep', 'memory'] as const).flatMap((name) =>
    problemIf(
      values[name] !== undefined && !/^\d+$/.test(values[name]),
      `--${name} takes a number; got '${values[name]}'.`,
    ),
  );
  const port = values.publish?.find((each) => !/^\d{1,5}(:\d{1,5})?$/.test(each));
  const key = values['kms-key']?.split(',').find((each) => !/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\//.test(each));
  const account = values.accounts?.flatMap((each) => each.split(',')).find((each) => !/^\d{12}$/.test(each));
  return [
    ...chosen,
    ...numbers,
    ...problemIf(port !== undefined, `-p takes HOST:MACHINE or one port for both; got '${port}'.`),
    ...problemIf(key !== undefined, `--kms-key takes ARNs of keys for images; got '${key}'.`),
    ...problemIf(account !== undefined, `--accounts takes account ids of 12 digits; got '${account}'.`),
  ];
}

export interface CompiledImages {
  readonly input: ImageBuildInput;
  readonly stack: Stack;
  readonly prepared: CompileInput;
}

/** Compiles without the built images: the remaining ones are named by the user. */
export async function compileImageInput(context: Context, fallbackRegion?: string): Promise<Reported<CompiledImages>> {
  // The lock file need not exist yet: it is written.
  const prepared = await readCompileInput({ ...context, values: { ...context.values, 'write-lock': true } });
  const { compiler, sources, texts, lock } = prepared;
  const region = regionOf(context.io, prepared.options ?? {}) ?? fallbackRegion;
  const options = prepared.options && {
    ...prepared.options,
    config: { ...prepared.options.config, ...(region && { region }) },
  };
  // The stack layout does not matter here.
  const { amis: _, stacks: __, ...unbuilt } = lock.lock ?? { version: 1 as const };
  const result =
    options && compiler.compile(sources, { ...options, config: { ...options.config, stacks: 'app' }, lock: unbuilt });
  const groups = result?.ok ? result.plan.groups.filter(({ image }) => image === undefined) : [];
  const meant =
    context.operands[0] === undefined
      ? groups
      : groups.filter((group) => matchesWorkload(group, context.operands[0] ?? ''));
  const unnamed = result?.ok && meant.length === 0 ? [noWorkloadDiagnostic(context.operands[0], groups)] : [];
  const diagnostics = [...prepared.problems, ...(result?.diagnostics ?? []), ...unnamed].filter(
    ({ code }) => code !== 'I2K702',
  );
  reportDiagnostics(context, compiler, diagnostics, texts);
  const stack = result?.ok ? result.stacks[0] : undefined;
  if (!options || stack === undefined || hasErrors(diagnostics)) return failure(exit.input);
  const { app, env, config } = options;
  const input = { app, env, region, config, lock, groups: meant, base: compiler.baseOf(config) };
  return success({ input, stack, prepared });
}

/** The names that `--image` accepts. */
function matchesWorkload({ key, origin }: MachineGroup, word: string): boolean {
  const { kind, namespace, name } = origin.object;
  return [key, `${namespace}/${name}`, `${kind}/${name}`, name].includes(word);
}

function noWorkloadDiagnostic(word: string | undefined, groups: readonly MachineGroup[]) {
  const hint =
    groups.length === 0
      ? 'Each workload has an image that --image or `images` in i2kit.yaml names.'
      : `There are ${groups.map(({ key }) => key).join(', ')}.`;
  return diagnosticAt(
    'I2K799',
    word === undefined ? 'no workload needs an image to be built' : `no workload is called '${word}'`,
    {
      source: word ?? '-f',
      hint,
    },
  );
}

/** For commands without manifests. */
export async function readImageScope(context: Context): Promise<Reported<ImageScope>> {
  const { io, values } = context;
  const file = await readConfig(io, values.config);
  const lock = await readLockFile(io, { ...values, 'write-lock': true }, file.name);
  const over = flagSettings(io.env, values);
  const problems = [...file.problems, ...lock.problems, ...over.problems];
  if (problems.length > 0) {
    reportDiagnostics(
      context,
      await context.compiler(),
      problems,
      [file.source, lock.source].filter((source) => source !== undefined),
    );
    return failure(exit.input);
  }
  const config = { ...file.config, ...over.config };
  return success({ env: config.env ?? defaultEnv, region: regionOf(context.io, { config }), lock });
}
