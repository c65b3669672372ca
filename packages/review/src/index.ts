// The public surface of the review: effects, cost, graph and their renderings.

export { type Comparison, compareTemplates, type TemplateInput } from './comparison.ts';
export {
  type CostItem,
  type CostSummary,
  costSummaryOf,
  type ObjectCost,
  type ObjectCostItem,
  type StackCost,
  stackCostOf,
} from './cost/costSummary.ts';
export type { KnownValues } from './diff/resolveParameters.ts';
export type { PropertyChange, ResourceChange } from './diff/resourceChanges.ts';
export type { Payloads } from './diff/unpackUserData.ts';
export type { Area, Effect, Guard, Verb } from './effects/effect.ts';
export { effectsOf, verbs } from './effects/index.ts';
export { dot } from './graph/dot.ts';
export { graphOf, graphOfTemplate } from './graph/graph.ts';
export { mermaid } from './graph/mermaid.ts';
export type { Edge, Graph, Node } from './graph/types.ts';
export { type CostJson, type CostOptions, costJson, costText } from './render/cost.ts';
export { htmlPage, type PageOptions } from './render/html.ts';
export { type ReviewJson, reviewJson } from './render/json.ts';
export { commentMarker, reviewMarkdown } from './render/markdown.ts';
export { reviewText, type TextOptions } from './render/text.ts';
export { reviewStack, type StackChange } from './review.ts';
export { type PayloadObject, type SecretReference, secretReferencesIn } from './secretReferences.ts';
export type { SourceLocation, StackReview } from './stackReview.ts';
export { emptyTemplate, type Template } from './template.ts';
export { costDelta, verdict } from './verdict.ts';
