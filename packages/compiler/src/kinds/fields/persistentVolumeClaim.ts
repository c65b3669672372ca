// Field support of PersistentVolumeClaim; see its page in Kubernetes' API reference.
import { claimSpecFields } from './claimSpec.ts';
import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless } from './fieldSupport.ts';
import { annotatedMetadataFields } from './metadata.ts';

export const persistentVolumeClaimFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', annotatedMetadataFields),
  ...fieldsUnder('spec', claimSpecFields),
  status: meaningless('Only a cluster writes it, not the author of a manifest.'),
};
