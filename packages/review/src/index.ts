// What a change of a template does, for the people who have to agree to it.

export { type Comparison, compare, type Side } from './comparison.ts';
export { type Bill, billOf, type Item } from './cost/bill.ts';
export { type Cost, type Estimate, estimateOf, type ObjectCost } from './cost/estimate.ts';
export type { Payloads } from './differ/open.ts';
export type { PropertyChange, ResourceChange } from './differ/resources.ts';
export type { Known } from './differ/settle.ts';
export type { Area, Effect, Guard, Verb } from './effects/effect.ts';
export { effects, verbs } from './effects/index.ts';
export { dot } from './graph/dot.ts';
export { mermaid } from './graph/mermaid.ts';
export { type Edge, type Graph, graphIn, graphOf, type Node } from './graph/model.ts';
export { type CostJson, type CostOptions, costJson, costText } from './render/cost.ts';
export { html, type PageOptions } from './render/html.ts';
export { json, type ReviewJson } from './render/json.ts';
export { markdown, marker } from './render/markdown.ts';
export { type TextOptions, text } from './render/text.ts';
export { type Place, review, type StackChange, type StackReview } from './review.ts';
export { nothing, type Template } from './template.ts';
export { delta, verdict } from './verdict.ts';
