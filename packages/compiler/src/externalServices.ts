// The targets of Services that select nothing in the input, from i2kit.context.json.
import type { CompileOptions, ExternalLoadBalancer } from './options.ts';

const ownValue = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;

/** Empty if nothing was looked up or found. */
export const externalLoadBalancersOf = (
  { env, context }: Pick<CompileOptions, 'env' | 'context'>,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): readonly ExternalLoadBalancer[] => ownValue(ownValue(context?.services, env), `${namespace}/${name}`) ?? [];
