// What a concern of the environment is given and what it gives back.
import type { Config, ExistingResources } from '../../../options.ts';
import { type Output, type Parameter, type Resource, ref, type Value } from '../../../template.ts';
import * as ids from './logicalIds.ts';

export interface Environment {
  readonly env: string;
  readonly config: Config;
  /** `10.0.0.0/16`. */
  readonly cidr: string;
  /** `given`: machines go out the way that the subnets have, which are the user's own. */
  readonly egress: 'per-zone' | 'one' | 'none' | 'given';
  /** Numbers of the zones, from 1. */
  readonly zones: readonly number[];
  /** What is there already and is not made; empty where everything is. */
  readonly existing: Partial<ExistingResources>;
}

/** Everything is keyed by ids.ts. */
export interface EnvironmentEmission {
  readonly resources?: Readonly<Record<string, Resource>>;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly outputs?: Readonly<Record<string, Output>>;
}

export type EnvironmentEmitter = (environment: Environment) => EnvironmentEmission;

/** The VPC, made or found. */
export const vpcId = ({ existing: found }: Environment): Value<string> => found.vpc?.id ?? ref(ids.vpc);

/** A zone's subnet, made or found. */
export interface ZoneSubnet {
  readonly zone: Value<string>;
  readonly id: Value<string>;
}

export const originMetadata = ({ env }: Environment) => ({ 'i2kit:origin': `environment/${env}` });

/** Tags by key: environment, name in the console, and the user's own. */
export const tagMap = ({ env, config }: Environment, name: string): Readonly<Record<string, string>> => ({
  'i2kit:env': env,
  ...config.tags,
  Name: `${env} ${name}`,
});

export const tags = (environment: Environment, name: string) =>
  Object.entries(tagMap(environment, name)).map(([Key, Value]) => ({ Key, Value }));
