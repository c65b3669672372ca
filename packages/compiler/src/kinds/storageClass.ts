// StorageClass: the kind of EBS volume of a claim.
import type { KindSpec } from './kind.ts';
import { ensureObject, fillAbsent, type JsonObject } from './shared/defaults/jsonObject.ts';
import {
  eachField,
  type FieldSupportTable,
  fieldsUnder,
  mapped,
  meaningless,
  refused,
} from './shared/fields/fieldSupport.ts';
import { metadataFields } from './shared/fields/metadata.ts';

export const storageClass: KindSpec = {
  apiVersion: 'storage.k8s.io/v1',
  formerApiVersions: ['storage.k8s.io/v1beta1'],
  namespaced: false,
  becomes: 'nothing of its own: type, speed, key and reclaim policy of the EBS volumes whose claims name it',
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  fillAbsent(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' });
}

function fields(): FieldSupportTable {
  return {
    ...eachField('apiVersion kind', mapped('read')),
    ...fieldsUnder('metadata', {
      ...metadataFields(),
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
}
