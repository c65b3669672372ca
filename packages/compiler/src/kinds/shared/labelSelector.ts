// Label selectors: matching labels, and the selector of each workload.

import type { LabelSelector, LabelSelectorRequirement } from '../../generated/kubernetes.ts';
import type { Labels, Manifest, Manifests } from '../../manifest.ts';

/**
 * A label selector of either form.
 * Whether labels have all of these values. This is the meaning of a Service's selector, with one difference for the
 * caller: a Service without a selector selects nothing.
 */
export function hasLabels(labels: Labels | undefined, required: Labels): boolean {
  return Object.entries(required).every(([key, value]) => labelValue(labels, key) === value);
}

/**
 * Whether a selector selects an object with these labels; an empty one selects all. See `LabelSelectorAsSelector` of
 * apimachinery.
 */
export function matchesSelector(selector: LabelSelector, labels: Labels | undefined): boolean {
  return (
    hasLabels(labels, selector.matchLabels ?? {}) &&
    (selector.matchExpressions ?? []).every((requirement) => matchesRequirement(requirement, labels))
  );
}

/** True if it has no requirement, and so selects everything. */
export function isEmptySelector(selector: LabelSelector): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}

function matchesRequirement({ key, operator, values }: LabelSelectorRequirement, labels: Labels | undefined): boolean {
  const value = labelValue(labels, key);
  switch (operator) {
    case 'In':
      return value !== undefined && (values ?? []).includes(value);
    case 'NotIn':
      return value === undefined || !(values ?? []).includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** Own keys only: a label may be called `constructor`. */
function labelValue(labels: Labels | undefined, key: string): string | undefined {
  return labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** The kinds that select their pods by a selector, each in one form. */
export interface WorkloadSelector {
  readonly manifest: Manifest;
  readonly selector: LabelSelector;
  /** A map of labels only, as in a ReplicationController. */
  readonly isLabelMap: boolean;
  /** The labels of its pods. */
  readonly labels: Labels | undefined;
}

export const workloadSelectorsOf = (manifests: Manifests): readonly WorkloadSelector[] => [
  ...[...manifests.of('Deployment'), ...manifests.of('ReplicaSet'), ...manifests.of('StatefulSet')].map((manifest) => ({
    manifest,
    selector: manifest.object.spec.selector,
    isLabelMap: false,
    labels: manifest.object.spec.template.metadata.labels,
  })),
  ...manifests.of('ReplicationController').flatMap((manifest) => {
    const { selector = {}, template } = manifest.object.spec;
    return template
      ? [{ manifest, selector: { matchLabels: selector }, isLabelMap: true, labels: template.metadata.labels }]
      : [];
  }),
];
