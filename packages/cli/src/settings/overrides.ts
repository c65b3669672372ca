// Which settings flags and I2KIT_* variables give: a flag wins over its variable, and both over i2kit.yaml.
import type { Config, Diagnostic } from '@i2kit/compiler';
import { type FlagName, flag, type Values } from '../flags.ts';
import type { Io } from '../io.ts';
import { misshapes, ofPlace } from './shape.ts';

type Overridden = 'app' | 'env' | 'region' | 'hostedZone' | 'instanceType' | 'keyPair';

const settings = {
  app: 'app',
  env: 'env',
  region: 'region',
  hostedZone: 'hosted-zone',
  instanceType: 'instance-type',
  keyPair: 'key-pair',
} as const satisfies Record<Overridden, FlagName>;

export interface Overrides {
  readonly config: Partial<Pick<Config, Overridden>>;
  readonly problems: readonly Diagnostic[];
}

export function overrides(env: Io['env'], values: Values): Overrides {
  const config: { [K in Overridden]?: string } = {};
  const problems: Diagnostic[] = [];
  for (const [setting, name] of Object.entries(settings) as [Overridden, (typeof settings)[Overridden]][]) {
    const { variable } = flag(name);
    const said = values[name];
    // A variable that is set to nothing says nothing: CI systems cannot unset them.
    const value = said ?? ((variable && env[variable]) || undefined);
    if (value === undefined) continue;
    problems.push(...ofPlace(said === undefined && variable ? variable : `--${name}`, misshapes('config', { [setting]: value })));
    config[setting] = value;
  }
  return { config, problems };
}
