// What a label selector selects.
import type { LabelSelector, LabelSelectorRequirement } from '../../generated/kubernetes.ts';
import type { Labels } from '../../manifest.ts';

/**
 * Whether labels have all of these values. What a Service's selector means, with one difference that the caller has to
 * make: a Service without a selector selects nothing.
 */
export function hasLabels(labels: Labels | undefined, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labelValue(labels, key) === value);
}

/** Whether a selector selects an object with these labels; an empty one selects all. See `LabelSelectorAsSelector` of apimachinery. */
export function selects(selector: LabelSelector, labels: Labels | undefined): boolean {
  return (
    hasLabels(labels, selector.matchLabels ?? {}) && (selector.matchExpressions ?? []).every((requirement) => fulfils(requirement, labels))
  );
}

/** True where it says nothing, and so selects everything. */
export function isEmptySelector(selector: LabelSelector): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}

function fulfils({ key, operator, values }: LabelSelectorRequirement, labels: Labels | undefined): boolean {
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
