// Builds and imports the images that an apply lacks, before the final compilation.
import { failure, success } from '@i2kit/common';
import type { CompileOptions, Diagnostic, Lock } from '@i2kit/compiler';
import type { CompileInput } from '../../compileInput.ts';
import type { Context } from '../../context.ts';
import { exit, type Reported } from '../../exit.ts';

interface ImageLock {
  readonly lock: Lock | undefined;
  readonly unbuildable?: true;
}

/** Returns the lock with all images that can be built. Images still missing fail the compilation. */
export async function completeImageLock(
  context: Context,
  { compiler, sources, lock }: CompileInput,
  options: CompileOptions,
): Promise<Reported<ImageLock>> {
  const { values } = context;
  const { requireImages: _, ...lenient } = options;
  const { amis: __, ...unbuilt } = lock.lock ?? { version: 1 as const };
  const groupsWith = (given: Lock) => {
    const result = compiler.compile(sources, { ...lenient, lock: given });
    return result.ok ? result.plan.groups : [];
  };
  const named = new Set(groupsWith(unbuilt).flatMap(({ key, image }) => (image === undefined ? [] : [key])));
  const groups = groupsWith(lock.lock ?? unbuilt).filter(({ key }) => !named.has(key));
  if (groups.length === 0) return success({ lock: lock.lock });
  const { app, env, config = {} } = options;
  const input = { app, env, config, region: config.region, groups, lock, base: compiler.baseOf(config) };
  const images = await context.images();
  const told = await images.warnMovedTags(context, input);
  if (told !== exit.fine) return failure(told);
  const complete = groups.every(({ image }) => image !== undefined);
  if (complete || values.build === false || values['frozen-lock']) return success({ lock: lock.lock });
  const ensured = await images.ensureImages(context, input);
  if (!ensured.ok) return ensured;
  return success(ensured.value ? { lock: ensured.value } : { lock: lock.lock, unbuildable: true });
}

/** Hint for a workload without an image, on a computer that cannot build one. */
export const withLinuxkitHint = (diagnostic: Diagnostic): Diagnostic => {
  if (diagnostic.code !== 'I2K701') return diagnostic;
  const name = diagnostic.object?.name ?? 'NAME';
  const hint =
    'linuxkit, which builds images, is not on PATH. Install it from https://github.com/linuxkit/linuxkit/releases ' +
    `and apply again, build the image elsewhere with \`i2kit image build\` and \`i2kit image push\`, or name an ` +
    `existing one: \`--image ${name}=ami-…\`.`;
  return { ...diagnostic, hint };
};
