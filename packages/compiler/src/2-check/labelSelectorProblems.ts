// Problems of a label selector. As ValidateLabelSelector of apimachinery.
import type { Path } from '../diagnostic.ts';
import type { LabelSelector, LabelSelectorRequirement } from '../generated/kubernetes.ts';
import { labelValue, qualifiedName } from './formats.ts';

/** Each problem with its path below the selector. */
export function labelSelectorProblems({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): readonly { readonly path: Path; readonly message: string }[] {
  const labels = Object.entries(matchLabels).flatMap(([key, value]) => {
    const problem = qualifiedName(key) ?? labelValue(value);
    return problem
      ? [
          {
            path: ['matchLabels', key],
            message: `the label ${JSON.stringify(key)}: ${JSON.stringify(value)} ${problem}`,
          },
        ]
      : [];
  });
  const expressions = matchExpressions.flatMap((requirement, index) => {
    const message = requirementProblem(requirement);
    return message ? [{ path: ['matchExpressions', index], message }] : [];
  });
  return [...labels, ...expressions];
}

function requirementProblem({ key, operator, values = [] }: LabelSelectorRequirement): string | undefined {
  const wrongKey = qualifiedName(key ?? '');
  if (wrongKey) return `the key ${JSON.stringify(key ?? '')} ${wrongKey}`;
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) return `the operator ${operator} needs values`;
      return values.some((value) => labelValue(value) !== undefined) ? 'a value is not a valid label value' : undefined;
    case 'Exists':
    case 'DoesNotExist':
      return values.length > 0 ? `the operator ${operator} takes no values` : undefined;
    default:
      return `${JSON.stringify(operator)} is not an operator of a selector. Use In, NotIn, Exists or DoesNotExist`;
  }
}
