// What a concern of the environment is given and what it gives back.
import type { Config } from '../../../options.ts';
import type { Output, Parameter, Resource } from '../../../template.ts';

export interface Environment {
  readonly env: string;
  readonly config: Config;
  /** `10.0.0.0/16`. */
  readonly cidr: string;
  readonly egress: 'per-zone' | 'one' | 'none';
  /** Numbers of the zones, from 1. */
  readonly zones: readonly number[];
}

/** Everything is keyed by ids.ts. */
export interface Part {
  readonly resources?: Readonly<Record<string, Resource>>;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly outputs?: Readonly<Record<string, Output>>;
}

export type Concern = (environment: Environment) => Part;

export const originOf = ({ env }: Environment) => ({ 'i2kit:origin': `environment/${env}` });

/** Tags by key: environment, name in the console, and the user's own. */
export const tagMap = ({ env, config }: Environment, name: string): Readonly<Record<string, string>> => ({
  'i2kit:env': env,
  ...config.tags,
  Name: `${env} ${name}`,
});

export const tags = (environment: Environment, name: string) =>
  Object.entries(tagMap(environment, name)).map(([Key, Value]) => ({ Key, Value }));
