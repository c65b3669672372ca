// What is done with each field of a StorageClass; see its page in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, refused } from './fieldSupport.ts';
import { metadataFields } from './metadata.ts';

export const storageClassFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', {
    ...metadataFields,
    'annotations.*': mapped('volume'),
    namespace: meaningless('A class is in no namespace.'),
  }),
  ...eachField('parameters.* provisioner reclaimPolicy', mapped('volume')),
  allowVolumeExpansion: mapped('volume'),
  ...fieldsUnder(
    'allowedTopologies[]',
    eachField('matchLabelExpressions[].key matchLabelExpressions[].values[]', mapped('volume')),
  ),
  'mountOptions[]': refused('I2K494', { byRule: true }),
  volumeBindingMode: meaningless(
    'The zone of a disk is chosen before anything runs, and is that of the machine that mounts it.',
  ),
};
