// The annotations of others on a ServiceAccount that say which AWS role its pods have.
import { annotationSpec, parsePattern } from './annotationSpec.ts';

export const serviceAccountAnnotations = {
  'eks.amazonaws.com/role-arn': annotationSpec({
    on: ['ServiceAccount'],
    docs: 'The IAM role whose credentials the containers get; it has to trust the role of the machines.',
    parse: parsePattern(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'the ARN of an IAM role'),
  }),
} as const;
