// Reviews a change of a stack: its effects, costs and guards; all renderings are made from it.
import { type Comparison, compareTemplates, type TemplateInput } from './comparison.ts';
import { costSummaryOf } from './cost/costSummary.ts';
import { effectsOf } from './effects/index.ts';
import type { SourceLocation, StackReview } from './stackReview.ts';

export interface StackChange {
  readonly stack: string;
  readonly before: TemplateInput;
  readonly after: TemplateInput;
  readonly places?: Readonly<Record<string, SourceLocation>>;
}

export function reviewStack({ stack, before, after, places = {} }: StackChange): StackReview {
  const comparison = compareTemplates(before, after);
  const region = after.known?.region;
  const volumes = (side: Comparison['before']) =>
    Object.entries(side.Resources).filter(([, { Type }]) => Type === 'AWS::EC2::Volume');
  const replaced = new Set(
    [...comparison.changes.values()].filter(({ replacement }) => replacement === 'will').map(({ id }) => id),
  );
  return {
    stack,
    comparison,
    effects: effectsOf(comparison),
    places,
    ...(region !== undefined && {
      cost: { before: costSummaryOf(comparison.before, region), after: costSummaryOf(comparison.after, region) },
    }),
    keptVolumes: volumes(comparison.before).filter(([id]) => comparison.after.Resources[id] && !replaced.has(id))
      .length,
  };
}
