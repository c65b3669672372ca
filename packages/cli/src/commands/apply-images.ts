// Before `apply` compiles for good: images that its plan lacks are built and imported.
import type { CompileOptions, Lock } from '@i2kit/compiler';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import type { Prepared } from '../prepare.ts';

/** The lock that names all images, as far as they can be had; or how it ended. What is still missing, compiling refuses. */
export async function withImages(
  context: Context,
  { compiler, sources, lock }: Prepared,
  options: CompileOptions,
): Promise<{ readonly lock: Lock | undefined } | { readonly exit: Exit }> {
  const { values } = context;
  const { requireImages: _, ...lenient } = options;
  const { amis: __, ...unbuilt } = lock.lock ?? { version: 1 as const };
  const groupsWith = (given: Lock) => {
    const result = compiler.compile(sources, { ...lenient, lock: given });
    return result.ok ? result.plan.groups : [];
  };
  const named = new Set(groupsWith(unbuilt).flatMap(({ key, image }) => (image === undefined ? [] : [key])));
  const groups = groupsWith(lock.lock ?? unbuilt).filter(({ key }) => !named.has(key));
  if (groups.length === 0) return { lock: lock.lock };
  const { app, env, config = {} } = options;
  const input = { app, env, config, region: config.region, groups, lock, base: compiler.baseOf(config) };
  const images = await context.images();
  const told = await images.tellMoved(context, input);
  if (told !== exit.fine) return { exit: told };
  const complete = groups.every(({ image }) => image !== undefined);
  return complete || values.build === false || values['frozen-lock'] ? { lock: lock.lock } : images.ensure(context, input);
}
