// Where Services lead that select nothing in the input, as i2kit.context.json says.
import type { CompileOptions, ExternalLoadBalancer } from './options.ts';

const ownValue = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;

/** Empty where nothing was looked for, or found. */
export const externalLoadBalancersOf = (
  { env, context }: Pick<CompileOptions, 'env' | 'context'>,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): readonly ExternalLoadBalancer[] => ownValue(ownValue(context?.services, env), `${namespace}/${name}`) ?? [];
