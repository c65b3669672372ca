// Field support of Pod; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { fieldsUnder, mapped } from './fieldSupport.ts';
import { podSpecFields } from './podSpec.ts';
import { objectFields } from './podTemplate.ts';

export const podFields: FieldSupportTable = {
  ...objectFields,
  'metadata.labels.*': mapped('pod'),
  ...fieldsUnder('spec', podSpecFields),
};
