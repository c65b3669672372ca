// Two templates side by side: what each concern of a review reads.
import { open, type Payloads } from './differ/open.ts';
import { type ResourceChange, resourceChanges } from './differ/resources.ts';
import { type Known, settle } from './differ/settle.ts';
import { objectOf, type Resource, type Template } from './template.ts';

export interface Side {
  readonly template: Template;
  readonly known?: Known;
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

export function compare(before: Side, after: Side): Comparison {
  const [old, young] = [readable(before), readable(after)];
  return { before: old, after: young, changes: resourceChanges(old, young), fresh: Object.keys(old.Resources).length === 0 };
}

/** Settled, and with user data unpacked. */
export const readable = ({ template, known, payloads }: Side): Template => open(settle(template, known), payloads);

/** As it is, or as it was where it goes. */
export const resourceOf = ({ before, after }: ResourceChange): Resource | undefined => after ?? before;

/** The Kubernetes object that a change is told of; what comes from none is the stack's own. */
export const subject = (change: ResourceChange): string => objectOf(change.after) ?? objectOf(change.before) ?? '';

export const changesOfType = ({ changes }: Comparison, ...types: readonly string[]): readonly ResourceChange[] =>
  [...changes.values()].filter(({ type }) => types.includes(type));
