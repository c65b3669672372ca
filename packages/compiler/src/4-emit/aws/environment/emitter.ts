// Input and output of an emitter of the environment.
import type { Config, ExistingResources } from '../../../options.ts';
import { type Output, type Parameter, type Resource, ref, type Value } from '../../../template.ts';
import * as ids from './logicalIds.ts';

export interface Environment {
  readonly env: string;
  readonly config: Config;
  /** `10.0.0.0/16`. */
  readonly cidr: string;
  /** `given`: existing subnets with routes of their own. */
  readonly egress: 'per-zone' | 'one' | 'none' | 'given';
  /** Numbers of the zones, from 1. */
  readonly zones: readonly number[];
  /** Existing resources that are used; empty if everything is created. */
  readonly existing: Partial<ExistingResources>;
}

/** Sections are keyed by the ids of logicalIds.ts. */
export interface EnvironmentEmission {
  readonly resources?: Readonly<Record<string, Resource>>;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly outputs?: Readonly<Record<string, Output>>;
}

export type EnvironmentEmitter = (environment: Environment) => EnvironmentEmission;

/** The VPC, created or existing. */
export const vpcId = ({ existing: found }: Environment): Value<string> => found.vpc?.id ?? ref(ids.vpc);

/** The subnet of a zone, created or existing. */
export interface ZoneSubnet {
  readonly zone: Value<string>;
  readonly id: Value<string>;
}

export const originMetadata = ({ env }: Environment) => ({ 'i2kit:origin': `environment/${env}` });

/** Tags by key: environment, display name, and the user's tags. */
export const tagMap = ({ env, config }: Environment, name: string): Readonly<Record<string, string>> => ({
  'i2kit:env': env,
  ...config.tags,
  Name: `${env} ${name}`,
});

export const tags = (environment: Environment, name: string) =>
  Object.entries(tagMap(environment, name)).map(([Key, Value]) => ({ Key, Value }));
