// Settings from flags and I2KIT_* variables: a flag overrides its variable, both override i2kit.yaml.

import type { Config, Diagnostic } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import { type FlagName, flagOf, type Values } from '../flags.ts';
import type { Io } from '../io.ts';
import { flagDiagnostics, schemaViolations } from './schemaViolations.ts';

// Which settings flags and I2KIT_* variables give: a flag wins over its variable, and both over i2kit.yaml.

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

/** What is below `network`; a value may hold several, with commas between them. */
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
    // A variable that is set to nothing says nothing: CI systems cannot unset them.
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
  // Each was held against the schema, of which a test holds Config to be the type.
  return {
    config: { ...(config as FlagSettings['config']), ...(Object.keys(below).length > 0 && { network: below }) },
    problems,
  };
}

/** What is said beside the file wins over the file, setting by setting. */
export const mergedConfig = (file: Config, { network: below, ...over }: FlagSettings['config']): Config => ({
  ...file,
  ...over,
  ...(below && { network: { ...file.network, ...below } }),
});

// Whether -n gives a name that a namespace can have.

export function namespaceDiagnostics(name: string | undefined): Diagnostic[] {
  if (name === undefined || (name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))) return [];
  const hint = 'use lower-case letters, digits and hyphens, at most 63';
  return [diagnosticAt('I2K742', 'no namespace can have this name', { source: '-n', hint })];
}
