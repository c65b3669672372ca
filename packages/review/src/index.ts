// What a change of a template does, for the people who have to agree to it.

export { type Comparison, compareTemplates, type TemplateInput } from './comparison.ts';
export { type CostSummary, costSummaryOf, type CostItem } from './cost/costSummary.ts';
export { type ObjectCostItem, type StackCost, stackCostOf, type ObjectCost } from './cost/costSummary.ts';
export type { Payloads } from './diff/unpackUserData.ts';
export type { PropertyChange, ResourceChange } from './diff/resourceChanges.ts';
export type { KnownValues } from './diff/resolveParameters.ts';
export type { Area, Effect, Guard, Verb } from './effects/effect.ts';
export { effectsOf, verbs } from './effects/index.ts';
export { dot } from './graph/dot.ts';
export { mermaid } from './graph/mermaid.ts';
export { type Edge, type Graph, graphOfTemplate, graphOf, type Node } from './graph/graph.ts';
export { type CostJson, type CostOptions, costJson, costText } from './render/cost.ts';
export { htmlPage, type PageOptions } from './render/html.ts';
export { reviewJson, type ReviewJson } from './render/json.ts';
export { reviewMarkdown, commentMarker } from './render/markdown.ts';
export { type TextOptions, reviewText } from './render/text.ts';
export { type SourceLocation, reviewStack, type StackChange, type StackReview } from './review.ts';
export { emptyTemplate, type Template } from './template.ts';
export { costDelta, verdict } from './verdict.ts';
