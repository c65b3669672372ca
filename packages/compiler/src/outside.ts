// Where Services lead that select nothing in the input, as i2kit.context.json says.
import type { CompileOptions, FoundBalancer } from './options.ts';

const at = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;

/** Empty where nothing was looked for, or found. */
export const foundFor = (
  { env, context }: Pick<CompileOptions, 'env' | 'context'>,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): readonly FoundBalancer[] => at(at(context?.services, env), `${namespace}/${name}`) ?? [];
