// The existing resources that the settings name: the required lookups, and their results in the context file.
import { isSameJson } from '@i2kit/common';
import type { Finding, ObjectRef, Path } from './diagnostic.ts';
import type {
  AccountContext,
  AccountLookup,
  Config,
  ExistingResources,
  HostedZone,
  SubnetSelector,
  TagSelector,
} from './options.ts';

/** The place of settings in diagnostics; the compiler does not know the file's name. */
export const settingsRef: ObjectRef = {
  source: 'i2kit.yaml',
  document: 0,
  apiVersion: '',
  kind: '',
  namespace: '',
  name: '',
};

const isTagSelector = (value: unknown): value is TagSelector =>
  typeof value === 'object' && value !== null && 'tag' in value;

/**
 * The required lookup in the account; empty if nothing has to be looked up. An id that needs no further data is not
 * looked up.
 */
export function accountLookupOf({
  network = {},
  keyPair,
  bucket,
  hostedZone,
  loadBalancers = {},
}: Config): AccountLookup {
  const { vpc, securityGroup } = network;
  const subnets = subnetLookupOf(network.subnets);
  const zone = hostedZoneOf(hostedZone);
  return {
    ...(vpc === undefined ? {} : { vpc }),
    ...(subnets === undefined ? {} : { subnets }),
    ...(securityGroup === undefined ? {} : { securityGroup }),
    ...(isTagSelector(keyPair) ? { keyPair } : {}),
    ...(isTagSelector(bucket) ? { bucket } : {}),
    ...(zone?.tag === undefined || zone.id !== undefined ? {} : { hostedZone: { name: zone.name, tag: zone.tag } }),
    ...(Object.keys(loadBalancers).length === 0 ? {} : { loadBalancers }),
  };
}

type SubnetSettings = NonNullable<Config['network']>['subnets'];

function subnetLookupOf(settings: SubnetSettings): AccountLookup['subnets'] {
  if (settings === undefined) return undefined;
  const isList = (value: object): value is SubnetSelector => Array.isArray(value) || 'tag' in value;
  return isList(settings) ? { private: settings, public: settings } : settings;
}

export const isEmptyLookup = (lookup: AccountLookup): boolean => Object.keys(lookup).length === 0;

/** The result for these settings; undefined if it was not looked up, or for other settings. */
export function existingResourcesOf(
  config: Config,
  env: string,
  context: AccountContext | undefined,
): ExistingResources | undefined {
  const found = context?.network?.[env];
  return found !== undefined && isSameJson(found.asked, accountLookupOf(config)) ? found : undefined;
}

/** The finding if a result is needed and missing. */
export const missingLookup = (env: string, path: Path, missing: string): Finding => ({
  code: 'I2K713',
  message: `${missing} exists in the account, but was not looked up for the environment ${env}`,
  object: settingsRef,
  path,
  hint: 'Run `i2kit env create`, which writes its findings to i2kit.context.json, and commit that file.',
});

export const hostedZoneOf = (zone: Config['hostedZone']): HostedZone | undefined =>
  typeof zone === 'string' ? { name: zone } : zone;

/** `example.com`; undefined where there is no public zone. */
export const domainOf = ({ hostedZone }: Config): string | undefined =>
  hostedZoneOf(hostedZone)?.name.replace(/\.$/, '');

/** A zone in another account: its records cannot be in a stack of this one. */
export const isCrossAccountZone = ({ roleArn, profile }: HostedZone): boolean =>
  roleArn !== undefined || profile !== undefined;
