// The public surface of the helpers that all packages share.
export { agentReadiness } from './agent.ts';
export { compareEntries, compareText, sortedRecord } from './compare.ts';
export { errorMessage, I2kitError, type I2kitErrorOptions, systemCode } from './errors.ts';
export { canonicalJson, isObject, isSameJson, type Json, maxJsonDepth, parseJson, tooDeepAt } from './json.ts';
export { editDistance, nearest } from './nearest.ts';
export { type Failure, failure, type Outcome, type Problem, problemsOf, type Success, success } from './outcome.ts';
export {
  hoursPerMonth,
  listPrice,
  monthlyVolumePrice,
  pricesAsOf,
  referenceRegion,
  type VolumePricing,
} from './prices.ts';
export {
  countText,
  escapeInvisible,
  escapeLookAlikes,
  listText,
  replaceInvisible,
  withoutTrailing,
} from './text.ts';
