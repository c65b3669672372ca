// Two templates side by side: what each concern of a review reads.

import { type KnownValues, resolveParameters } from './diff/resolveParameters.ts';
import { type ResourceChange, resourceChanges } from './diff/resourceChanges.ts';
import { type Payloads, unpackUserData } from './diff/unpackUserData.ts';
import { objectOf, type Resource, type Template } from './template.ts';

export interface TemplateInput {
  readonly template: Template;
  readonly known?: KnownValues;
  readonly payloads?: Payloads;
}

export interface Comparison {
  /** Settled, and with user data unpacked. */
  readonly before: Template;
  readonly after: Template;
  /** By logical id. */
  readonly changes: ReadonlyMap<string, ResourceChange>;
  /** True where there is no stack yet: nothing can be lost or widened. */
  readonly fresh: boolean;
}

export function compareTemplates(before: TemplateInput, after: TemplateInput): Comparison {
  const [old, young] = [resolvedTemplate(before), resolvedTemplate(after)];
  return {
    before: old,
    after: young,
    changes: resourceChanges(old, young),
    fresh: Object.keys(old.Resources).length === 0,
  };
}

/** Settled, and with user data unpacked. */
export const resolvedTemplate = ({ template, known, payloads }: TemplateInput): Template =>
  unpackUserData(resolveParameters(template, known), payloads);

/** As it is, or as it was where it goes. */
export const currentResource = ({ before, after }: ResourceChange): Resource | undefined => after ?? before;

/** The Kubernetes object that a change is told of; what comes from none is the stack's own. */
export const objectOfChange = (change: ResourceChange): string =>
  objectOf(change.after) ?? objectOf(change.before) ?? '';

export const changesOfType = ({ changes }: Comparison, ...types: readonly string[]): readonly ResourceChange[] =>
  [...changes.values()].filter(({ type }) => types.includes(type));
