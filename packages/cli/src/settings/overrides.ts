// Which settings flags and I2KIT_* variables give: a flag wins over its variable, and both over i2kit.yaml.
import type { Config, Diagnostic } from '@i2kit/compiler';
import { type FlagName, flag, type Values } from '../flags.ts';
import type { Io } from '../io.ts';
import { misshapes, ofPlace } from './shape.ts';

type Overridden = 'app' | 'env' | 'region' | 'hostedZone' | 'instanceType' | 'keyPair' | 'roleArn' | 'boot';

const settings = {
  app: 'app',
  env: 'env',
  region: 'region',
  hostedZone: 'hosted-zone',
  instanceType: 'instance-type',
  keyPair: 'key-pair',
  roleArn: 'role-arn',
  boot: 'boot',
} as const satisfies Record<Overridden, FlagName>;

/** What is below `network`; a value may hold several, with commas between them. */
const network = { subnets: 'subnet', securityGroup: 'security-group' } as const satisfies Record<string, FlagName>;

export interface Overrides {
  readonly config: Partial<Pick<Config, Overridden | 'network'>>;
  readonly problems: readonly Diagnostic[];
}

export function overrides(env: Io['env'], values: Values): Overrides {
  const config: { [K in Overridden]?: string } = {};
  const problems: Diagnostic[] = [];
  const given = (name: (typeof settings)[Overridden] | (typeof network)[keyof typeof network], wrapped: (value: string) => unknown) => {
    const { variable } = flag(name);
    const said = values[name];
    // A variable that is set to nothing says nothing: CI systems cannot unset them.
    const value = said ?? ((variable && env[variable]) || undefined);
    if (value === undefined) return undefined;
    problems.push(...ofPlace(said === undefined && variable ? variable : `--${name}`, misshapes('config', wrapped(value))));
    return value;
  };
  for (const [setting, name] of Object.entries(settings) as [Overridden, (typeof settings)[Overridden]][]) {
    const value = given(name, (one) => ({ [setting]: one }));
    if (value !== undefined) config[setting] = value;
  }
  const subnets = given(network.subnets, (text) => ({ network: { subnets: text.split(',') } }));
  const securityGroup = given(network.securityGroup, (id) => ({ network: { securityGroup: id } }));
  const below = { ...(subnets !== undefined && { subnets: subnets.split(',') }), ...(securityGroup !== undefined && { securityGroup }) };
  // Each was held against the schema, of which a test holds Config to be the type.
  return { config: { ...(config as Overrides['config']), ...(Object.keys(below).length > 0 && { network: below }) }, problems };
}

/** What is said beside the file wins over the file, setting by setting. */
export const merged = (file: Config, { network: below, ...over }: Overrides['config']): Config => ({
  ...file,
  ...over,
  ...(below && { network: { ...file.network, ...below } }),
});
