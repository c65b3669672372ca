// Interface of the review bundle (`bundles/review.ts`), which is loaded on demand.
export type {
  ReviewJson,
  SecretReference,
  SourceLocation,
  StackChange,
  StackReview,
  Template,
  TemplateInput,
} from '@i2kit/review';

export type Reviewer = typeof import('@i2kit/review');
