// Field support of metadata; see "ObjectMeta" in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, mapped, meaningless } from './fieldSupport.ts';

const serverFields = (): FieldSupportTable =>
  eachField(
    'creationTimestamp deletionGracePeriodSeconds deletionTimestamp generation managedFields resourceVersion selfLink uid',
    meaningless('Only a cluster writes it, not the author of a manifest.'),
  );

const garbageCollectionFields = (): FieldSupportTable =>
  eachField(
    'finalizers[] ownerReferences[].apiVersion ownerReferences[].blockOwnerDeletion ownerReferences[].controller ownerReferences[].kind ownerReferences[].name ownerReferences[].uid',
    meaningless('There is no garbage collection: CloudFormation deletes resources that are removed from the template.'),
  );

/** Metadata of a standalone object. */
export const metadataFields = (): FieldSupportTable => ({
  'annotations.*': meaningless('No supported annotation applies to this kind; see annotations/.'),
  generateName: meaningless('An object needs a fixed name, with which Kubernetes ignores it.'),
  'labels.*': meaningless(
    "`-l` reads labels of the object itself before compiling; tags come from the pod template's labels.",
  ),
  name: mapped('names'),
  namespace: mapped('names'),
  ...serverFields(),
  ...garbageCollectionFields(),
});

/** Metadata of a kind with supported annotations. */
export const annotatedMetadataFields = (): FieldSupportTable => ({
  ...metadataFields(),
  'annotations.*': mapped('annotations'),
});

/** Metadata of a pod template: a pod gets only its labels and annotations. */
export const templateMetadataFields = (): FieldSupportTable => ({
  'annotations.*': mapped('pod'),
  'labels.*': mapped('pod'),
  ...eachField('generateName name namespace', meaningless('A pod gets its name and namespace from its owner.')),
  ...serverFields(),
  ...garbageCollectionFields(),
});
