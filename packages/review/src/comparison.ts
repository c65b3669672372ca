// Compares two templates resource by resource: the input of all analyzers.

import { type KnownValues, resolveParameters } from './diff/resolveParameters.ts';
import { type ResourceChange, resourceChanges } from './diff/resourceChanges.ts';
import { type Payloads, unpackUserData } from './diff/unpackUserData.ts';
import { objectOf, type Resource, type Template, withPlainResources } from './template.ts';

export interface TemplateInput {
  readonly template: Template;
  readonly known?: KnownValues;
  readonly payloads?: Payloads;
  /** Digests from which machine images are built, by container image; absent if they are not known. */
  readonly digests?: Readonly<Record<string, string>>;
}

export interface Comparison {
  /** Parameters and mappings resolved, and user data unpacked. */
  readonly before: Template;
  readonly after: Template;
  /** The templates as they are written, without known values. */
  readonly written: { readonly before: Template; readonly after: Template };
  readonly digests: {
    readonly before?: Readonly<Record<string, string>>;
    readonly after?: Readonly<Record<string, string>>;
  };
  /** By logical id. */
  readonly changes: ReadonlyMap<string, ResourceChange>;
  /** True if the stack does not exist yet: nothing can be lost or widened. */
  readonly fresh: boolean;
}

export function compareTemplates(before: TemplateInput, after: TemplateInput): Comparison {
  const packed = { before: withKnownValues(before), after: withKnownValues(after) };
  const templateBefore = unpackUserData(packed.before, before.payloads);
  const templateAfter = unpackUserData(packed.after, after.payloads);
  return {
    before: templateBefore,
    after: templateAfter,
    written: { before: before.template, after: after.template },
    changes: resourceChanges(templateBefore, templateAfter, packed),
    digests: { ...(before.digests && { before: before.digests }), ...(after.digests && { after: after.digests }) },
    fresh: Object.keys(templateBefore.Resources).length === 0,
  };
}

const withKnownValues = ({ template, known }: TemplateInput): Template =>
  resolveParameters(withPlainResources(template), known);

/** Parameters and mappings resolved, and user data unpacked. */
export const resolvedTemplate = (input: TemplateInput): Template =>
  unpackUserData(withKnownValues(input), input.payloads);

/** The resource after the change, or before it if the change removes it. */
export const currentResource = ({ before, after }: ResourceChange): Resource | undefined => after ?? before;

/** The Kubernetes object that a change is attributed to; empty for resources of the stack itself. */
export const objectOfChange = (change: ResourceChange): string =>
  objectOf(change.after) ?? objectOf(change.before) ?? '';

export const changesOfType = ({ changes }: Comparison, ...types: readonly string[]): readonly ResourceChange[] =>
  [...changes.values()].filter(({ type }) => types.includes(type));
