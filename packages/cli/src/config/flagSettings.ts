// Settings from flags and I2KIT_* variables: a flag overrides its variable, and both override i2kit.yaml.

import type { Config, Diagnostic } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import { type FlagName, flagOf, type Values } from '../flags.ts';
import type { Io } from '../io.ts';
import { flagDiagnostics, schemaViolations } from './schemaViolations.ts';

type FlagSetting = 'app' | 'env' | 'region' | 'hostedZone' | 'instanceType' | 'keyPair' | 'roleArn' | 'boot';

const settingFlags = {
  app: 'app',
  env: 'env',
  region: 'region',
  hostedZone: 'hosted-zone',
  instanceType: 'instance-type',
  keyPair: 'key-pair',
  roleArn: 'role-arn',
  boot: 'boot',
} as const satisfies Record<FlagSetting, FlagName>;

/** Settings below `network`; a value may hold several, separated by commas. */
const networkSettingFlags = { subnets: 'subnet', securityGroup: 'security-group' } as const satisfies Record<
  string,
  FlagName
>;

export interface FlagSettings {
  readonly config: Partial<Pick<Config, FlagSetting | 'network'>>;
  readonly problems: readonly Diagnostic[];
}

export function flagSettings(env: Io['env'], values: Values): FlagSettings {
  const config: { [K in FlagSetting]?: string } = {};
  const problems: Diagnostic[] = [];
  const given = (
    name: (typeof settingFlags)[FlagSetting] | (typeof networkSettingFlags)[keyof typeof networkSettingFlags],
    wrapped: (value: string) => unknown,
  ) => {
    const { variable } = flagOf(name);
    const said = values[name];
    // An empty variable counts as unset: CI systems cannot unset variables.
    const value = said ?? ((variable && env[variable]) || undefined);
    if (value === undefined) return undefined;
    problems.push(
      ...flagDiagnostics(
        said === undefined && variable ? variable : `--${name}`,
        schemaViolations('config', wrapped(value)),
      ),
    );
    return value;
  };
  for (const [setting, name] of Object.entries(settingFlags) as [FlagSetting, (typeof settingFlags)[FlagSetting]][]) {
    const value = given(name, (one) => ({ [setting]: one }));
    if (value !== undefined) config[setting] = value;
  }
  const subnets = given(networkSettingFlags.subnets, (text) => ({ network: { subnets: text.split(',') } }));
  const securityGroup = given(networkSettingFlags.securityGroup, (id) => ({ network: { securityGroup: id } }));
  const below = {
    ...(subnets !== undefined && { subnets: subnets.split(',') }),
    ...(securityGroup !== undefined && { securityGroup }),
  };
  // Each was validated against the schema; a test compares the schema with the type Config.
  return {
    config: { ...(config as FlagSettings['config']), ...(Object.keys(below).length > 0 && { network: below }) },
    problems,
  };
}

/** Flags and variables override the file, setting by setting. */
export const mergedConfig = (file: Config, { network: below, ...over }: FlagSettings['config']): Config => ({
  ...file,
  ...over,
  ...(below && { network: { ...file.network, ...below } }),
});

/** Whether -n is a valid name of a namespace. */
export function namespaceDiagnostics(name: string | undefined): Diagnostic[] {
  if (name === undefined || (name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))) return [];
  const hint = 'Use lower-case letters, digits and hyphens, at most 63 characters.';
  return [diagnosticAt('I2K742', 'this is not a valid name of a namespace', { source: '-n', hint })];
}
