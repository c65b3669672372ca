// The names that users type, in the environment's zone and in the public one.
import { domainOf } from './existingResources.ts';
import type { Config } from './options.ts';
import type { Endpoint, MachineGroup } from './plan.ts';

/** `web.example.com`, or `web.staging.example.com` outside of the default namespace; absent where there is no public name. */
export function publicNameOf(
  config: Config,
  { namespace, name, publicName }: Pick<Endpoint, 'namespace' | 'name' | 'publicName'>,
): string | undefined {
  const domain = domainOf(config);
  if (!publicName || domain === undefined) return undefined;
  return `${name}${namespace === 'default' ? '' : `.${namespace}`}.${domain}`;
}

/** `web.default.svc.cluster.local`: what unmodified applications look up. */
export const privateName = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `${name}.${namespace}.svc.cluster.local`;

/** `db-0.db.default.svc.cluster.local`; undefined where no headless Service gives it one. */
export const ordinalName = ({ ordinal, pod }: Pick<MachineGroup, 'ordinal' | 'pod'>): string | undefined =>
  ordinal?.service === undefined
    ? undefined
    : `${ordinal.name}.${privateName({ namespace: pod.namespace, name: ordinal.service })}`;
