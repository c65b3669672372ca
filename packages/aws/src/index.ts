// The public API of the AWS package: how runner and image make calls, and how they read errors.
export { type Clock, systemClock } from './clock.ts';
export { type ClassifiedError, classifyError, type ErrorKind, errorName } from './errors.ts';
export { clientConfig, type SdkOptions } from './options.ts';
export { nextPage, type Page, type PageToken, readPages } from './pages.ts';
export {
  backoffMs,
  type CallError,
  type CallOptions,
  type CallResult,
  limitCall,
  maxBackoffMs,
  type Repetition,
  type RetryPolicy,
  raceAbort,
  repeatCall,
} from './retry.ts';
