// What the settings say is in the account already: what has to be looked up for it, and whether that was done.
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

/** Where settings stand, for diagnostics; the compiler is not told the file's name. */
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

/** What is asked of the account; empty where nothing has to be looked up. An id that needs nothing beside it is not asked for. */
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

function subnetLookupOf(given: SubnetSettings): AccountLookup['subnets'] {
  if (given === undefined) return undefined;
  const isList = (value: object): value is SubnetSelector => Array.isArray(value) || 'tag' in value;
  return isList(given) ? { private: given, public: given } : given;
}

export const isEmptyLookup = (what: AccountLookup): boolean => Object.keys(what).length === 0;

/** What was found for these settings; undefined where it was not looked up, or for other settings. */
export function existingResourcesOf(
  config: Config,
  env: string,
  context: AccountContext | undefined,
): ExistingResources | undefined {
  const found = context?.network?.[env];
  return found !== undefined && isSameJson(found.asked, accountLookupOf(config)) ? found : undefined;
}

/** What is said where it is needed and missing. */
export const missingLookup = (env: string, path: Path, what: string): Finding => ({
  code: 'I2K713',
  message: `${what} is in the account, and was not looked up there for the environment ${env}`,
  object: settingsRef,
  path,
  hint: 'run `i2kit env create`, which keeps what it finds in i2kit.context.json, and commit that file',
});

export const hostedZoneOf = (zone: Config['hostedZone']): HostedZone | undefined =>
  typeof zone === 'string' ? { name: zone } : zone;

/** `example.com`; undefined where there is no public zone. */
export const domainOf = ({ hostedZone }: Config): string | undefined =>
  hostedZoneOf(hostedZone)?.name.replace(/\.$/, '');

/** A zone of another account: its records cannot be in a stack of this one. */
export const isCrossAccountZone = ({ roleArn, profile }: HostedZone): boolean =>
  roleArn !== undefined || profile !== undefined;
