// A CloudFormation template as plain data: the parts that a review reads, without assumptions about who wrote it.
import { isObject, type Json } from '@i2kit/common';

export type Properties = Readonly<Record<string, Json>>;

export interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly Metadata?: Properties;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly CreationPolicy?: Properties;
  readonly UpdatePolicy?: Properties;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Parameter {
  readonly Type: string;
  readonly Default?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, Parameter>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Json>>>>>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: Json }>>;
}

/** A stack before it is created and after it is deleted. */
export const emptyTemplate: Template = { Resources: {} };

/** Stands for an entry of the resources that is none: a loop, or a value without a type. */
export const unreadableType = 'Unreadable';

/** The template with resources in all places where resources are expected. */
export function withPlainResources(template: Template): Template {
  const plain = (entry: Json): Resource =>
    isObject(entry) && typeof entry['Type'] === 'string'
      ? (entry as unknown as Resource)
      : { Type: unreadableType, Properties: { Entry: entry } };
  const entries = Object.entries(template.Resources as unknown as Readonly<Record<string, Json>>);
  return { ...template, Resources: Object.fromEntries(entries.map(([id, entry]) => [id, plain(entry)])) };
}

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** `{Name: argument}` of an intrinsic function; undefined for anything else. */
export function intrinsic(value: Json | undefined): readonly [name: string, argument: Json] | undefined {
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value);
  const [first] = entries;
  return entries.length === 1 && first && (first[0] === 'Ref' || first[0].startsWith('Fn::')) ? first : undefined;
}

/** The logical id that a `Ref` refers to. */
export function refOf(value: Json | undefined): string | undefined {
  const [name, argument] = intrinsic(value) ?? [];
  return name === 'Ref' && typeof argument === 'string' ? argument : undefined;
}

/** The Kubernetes object that a resource is made from, without the path inside of it: `Deployment/default/web`. */
export const objectOf = (resource: Resource | undefined): string | undefined => originOf(resource)?.split('#')[0];

/** The object with the path: `Deployment/default/web#/spec/replicas`. */
export function originOf(resource: Resource | undefined): string | undefined {
  const origin = resource?.Metadata?.['i2kit:origin'];
  return typeof origin === 'string' ? origin : undefined;
}
