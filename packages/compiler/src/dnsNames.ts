// The DNS names that users type, in the environment's zone and in the public one.
import { domainOf } from './existingResources.ts';
import type { Config } from './options.ts';
import type { Endpoint, MachineGroup } from './plan.ts';

/** `web.example.com`, or `web.staging.example.com` outside the default namespace; absent without a public zone. */
export function publicNameOf(
  config: Config,
  { namespace, name, publicName }: Pick<Endpoint, 'namespace' | 'name' | 'publicName'>,
): string | undefined {
  const domain = domainOf(config);
  if (!publicName || domain === undefined) return undefined;
  return `${name}${namespace === 'default' ? '' : `.${namespace}`}.${domain}`;
}

/** `web.default.svc.cluster.local`, as unmodified applications look it up. */
export const privateName = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `${name}.${namespace}.svc.cluster.local`;

/** `db-0.db.default.svc.cluster.local`; undefined without a headless Service. */
export const ordinalName = ({ ordinal, pod }: Pick<MachineGroup, 'ordinal' | 'pod'>): string | undefined =>
  ordinal?.service === undefined
    ? undefined
    : `${ordinal.name}.${privateName({ namespace: pod.namespace, name: ordinal.service })}`;
