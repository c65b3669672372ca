// The CloudFormation template as plain data, and the intrinsic functions that i2kit writes.
import type { Json } from '@i2kit/common';
import type { ResourceTypes } from './resourceTypes.ts';

/** A value that CloudFormation computes; see "Intrinsic function reference" in its user guide. */
export type Intrinsic =
  | { readonly Ref: string }
  | { readonly 'Fn::GetAtt': readonly [string, string] }
  | { readonly 'Fn::Join': readonly [string, readonly Value<string>[] | Intrinsic] }
  | { readonly 'Fn::Sub': string }
  | { readonly 'Fn::Base64': Value<string> }
  | { readonly 'Fn::FindInMap': readonly [string, Value<string>, Value<string>] }
  | { readonly 'Fn::Select': readonly [number, Intrinsic | readonly Value<string>[]] }
  | { readonly 'Fn::Split': readonly [string, Value<string>] }
  | { readonly 'Fn::GetAZs': Value<string> }
  | { readonly 'Fn::Cidr': readonly [Value<string>, number, number] }
  | { readonly 'Fn::If': readonly [string, unknown, unknown] };

export type Value<T> = T | Intrinsic;

export const ref = (id: string): Intrinsic => ({ Ref: id });
export const getAtt = (id: string, attribute: string): Intrinsic => ({ 'Fn::GetAtt': [id, attribute] });
/** Only for i2kit's own texts: user input never passes through `Fn::Sub`. */
export const sub = (text: string): Intrinsic => ({ 'Fn::Sub': text });
export const join = (separator: string, parts: readonly Value<string>[]): Intrinsic => ({
  'Fn::Join': [separator, parts],
});
export const base64 = (value: Value<string>): Intrinsic => ({ 'Fn::Base64': value });

/** One resource, typed by its `Type`: properties are checked against cloudform-types. */
export type Resource<T extends keyof ResourceTypes = keyof ResourceTypes> = {
  [K in T]: {
    readonly Type: K;
    readonly Metadata?: { readonly 'i2kit:origin': string; readonly [key: string]: Json };
    readonly DependsOn?: readonly string[];
    readonly Condition?: string;
    readonly CreationPolicy?: { readonly ResourceSignal: { readonly Count: number; readonly Timeout: string } };
    readonly UpdatePolicy?: UpdatePolicy;
    readonly DeletionPolicy?: 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';
    readonly UpdateReplacePolicy?: 'Delete' | 'Retain' | 'Snapshot';
    readonly Properties: ResourceTypes[K];
  };
}[T];

/**
 * Checks a resource literal against its own type wherever it is written; in a callback TypeScript would not refuse
 * unknown properties.
 */
export const resource = <T extends keyof ResourceTypes>(type: T, rest: Omit<Resource<T>, 'Type'>): Resource<T> =>
  ({ Type: type, ...rest }) as Resource<T>;

export interface UpdatePolicy {
  readonly AutoScalingRollingUpdate?: {
    readonly MinInstancesInService: number;
    readonly MaxBatchSize: number;
    readonly MinSuccessfulInstancesPercent?: number;
    readonly WaitOnResourceSignals: boolean;
    readonly PauseTime: string;
    readonly SuspendProcesses: readonly string[];
  };
  readonly AutoScalingScheduledAction?: { readonly IgnoreUnmodifiedGroupSizeProperties: boolean };
}

export interface Parameter {
  readonly Type: string;
  readonly Default?: string;
  readonly Description?: string;
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
}

export interface Output {
  readonly Description?: string;
  readonly Value: Value<string>;
}

export type Mapping = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Metadata?: { readonly [key: string]: Json };
  readonly Parameters?: Readonly<Record<string, Parameter>>;
  readonly Mappings?: Readonly<Record<string, Mapping>>;
  readonly Conditions?: Readonly<Record<string, Json>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, Output>>;
}

/** Seconds in CloudFormation's format (ISO 8601). */
export function isoDuration(seconds: number): string {
  if (seconds % 3600 === 0) return `PT${seconds / 3600}H`;
  if (seconds % 60 === 0) return `PT${seconds / 60}M`;
  return `PT${seconds}S`;
}

/** A section of a template, left out if it has no entries. */
export const optionalSection = <K extends string, T extends object>(name: K, entries: T | undefined) =>
  (Object.keys(entries ?? {}).length === 0 ? {} : { [name]: entries }) as { readonly [key in K]?: T };
