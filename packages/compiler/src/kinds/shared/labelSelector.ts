// Label selectors: the labels that they match, and the selector of each workload.

import type { LabelSelector, LabelSelectorRequirement } from '../../generated/kubernetes.ts';
import type { Labels, Manifest, Manifests } from '../../manifest.ts';

// What a label selector selects.

/**
 * Whether labels have all of these values. What a Service's selector means, with one difference that the caller has to
 * make: a Service without a selector selects nothing.
 */
export function hasLabels(labels: Labels | undefined, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labelValue(labels, key) === value);
}

/** Whether a selector selects an object with these labels; an empty one selects all. See `LabelSelectorAsSelector` of apimachinery. */
export function matchesSelector(selector: LabelSelector, labels: Labels | undefined): boolean {
  return (
    hasLabels(labels, selector.matchLabels ?? {}) &&
    (selector.matchExpressions ?? []).every((requirement) => matchesRequirement(requirement, labels))
  );
}

/** True where it says nothing, and so selects everything. */
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

// The kinds that tell their own pods by a selector, each with it in one form.

export interface WorkloadSelector {
  readonly manifest: Manifest;
  readonly selector: LabelSelector;
  /** It is a map of labels and nothing more, as a ReplicationController's. */
  readonly isLabelMap: boolean;
  /** The labels that its pods get. */
  readonly labels: Labels | undefined;
}

export const workloadSelectorsOf = (all: Manifests): readonly WorkloadSelector[] => [
  ...[...all.of('Deployment'), ...all.of('ReplicaSet'), ...all.of('StatefulSet')].map((manifest) => ({
    manifest,
    selector: manifest.object.spec.selector,
    isLabelMap: false,
    labels: manifest.object.spec.template.metadata.labels,
  })),
  ...all.of('ReplicationController').flatMap((manifest) => {
    const { selector = {}, template } = manifest.object.spec;
    return template
      ? [{ manifest, selector: { matchLabels: selector }, isLabelMap: true, labels: template.metadata.labels }]
      : [];
  }),
];
