// The public API of the AWS package: how runner and image make calls, and how they read errors.

export { type Clock, systemClock } from './clock.ts';
export { ContactError, type ContactFailure } from './contactError.ts';
export { type ClassifiedError, classifyError, type ErrorKind, errorName } from './errors.ts';
export { FirstContact, firstAnswerMs } from './firstContact.ts';
export { clientConfig, type SdkOptions } from './options.ts';
export { nextPage, type Page, type PageToken, readPages } from './pages.ts';
export { readProfileNames } from './profiles.ts';
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
