// Annotations of other projects on a ServiceAccount that name the AWS role of its pods.
import { annotationSpec, parsePattern } from './annotationSpec.ts';

export const serviceAccountAnnotations = {
  'eks.amazonaws.com/role-arn': annotationSpec({
    on: ['ServiceAccount'],
    docs: 'The IAM role whose credentials the containers get. It must trust the role of the machines.',
    parse: parsePattern(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'the ARN of an IAM role'),
  }),
} as const;
