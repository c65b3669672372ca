// What commands ask of the package that explains changes; `review/index.ts` gives it, in a bundle of its own.
export type { ReviewJson, SourceLocation, StackChange, StackReview, Template, TemplateInput } from '@i2kit/review';

export type Reviewer = typeof import('@i2kit/review');
