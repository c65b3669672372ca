// Field support of StorageClass; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, refused } from './fieldSupport.ts';
import { metadataFields } from './metadata.ts';

export const storageClassFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', {
    ...metadataFields,
    'annotations.*': mapped('volume'),
    namespace: meaningless('A class has no namespace.'),
  }),
  ...eachField('parameters.* provisioner reclaimPolicy', mapped('volume')),
  allowVolumeExpansion: mapped('volume'),
  ...fieldsUnder(
    'allowedTopologies[]',
    eachField('matchLabelExpressions[].key matchLabelExpressions[].values[]', mapped('volume')),
  ),
  'mountOptions[]': refused('I2K494', { byRule: true }),
  volumeBindingMode: meaningless(
    'The zone of a volume is decided at compile time, and is that of the machine that mounts it.',
  ),
};
