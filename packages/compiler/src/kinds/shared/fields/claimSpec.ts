// Field support of a claim's spec; see "PersistentVolumeClaimSpec" in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, refused } from './fieldSupport.ts';

export const claimSpecFields = (): FieldSupportTable => ({
  'accessModes[]': refused('I2K445', { unless: ['ReadWriteOnce', 'ReadWriteOncePod'] }),
  // A snapshot has no id that a manifest knows; an annotation names it.
  ...fieldsUnder('dataSource', eachField('apiGroup kind name', refused('I2K446', { byRule: true }))),
  ...fieldsUnder('dataSourceRef', eachField('apiGroup kind name namespace', refused('I2K446', { byRule: true }))),
  'resources.limits.*': meaningless('The volume is exactly as large as requested.'),
  'resources.requests.*': mapped('volume'),
  ...fieldsUnder(
    'selector',
    eachField(
      'matchExpressions[].key matchExpressions[].operator matchExpressions[].values[] matchLabels.*',
      refused('I2K446'),
    ),
  ),
  // An empty class asks for an existing volume: a rule refuses it.
  storageClassName: mapped('volume'),
  volumeAttributesClassName: refused('I2K446'),
  volumeMode: mapped('pod'),
  volumeName: refused('I2K446', { unless: '' }),
});
