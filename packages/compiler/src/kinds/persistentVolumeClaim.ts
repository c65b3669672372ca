// PersistentVolumeClaim: an EBS volume.
import type { KindSpec } from './kind.ts';
import { setPersistentVolumeClaimDefaults } from './shared/defaults/claim.ts';
import { claimSpecFields } from './shared/fields/claimSpec.ts';
import { eachField, type FieldSupportTable, fieldsUnder, mapped, meaningless } from './shared/fields/fieldSupport.ts';
import { annotatedMetadataFields } from './shared/fields/metadata.ts';

export const persistentVolumeClaim: KindSpec = {
  apiVersion: 'v1',
  formerApiVersions: [],
  namespaced: true,
  becomes: 'an encrypted gp3 EBS volume in one availability zone, attached by the machine that mounts it',
  setDefaults: setPersistentVolumeClaimDefaults,
  fields,
};

function fields(): FieldSupportTable {
  return {
    ...eachField('apiVersion kind', mapped('read')),
    ...fieldsUnder('metadata', annotatedMetadataFields()),
    ...fieldsUnder('spec', claimSpecFields()),
    status: meaningless('Only a cluster writes it, not the author of a manifest.'),
  };
}
