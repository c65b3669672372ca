// What is done with an object's metadata; see "ObjectMeta" in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, mapped, meaningless } from './fieldSupport.ts';

const serverFields = eachField(
  'creationTimestamp deletionGracePeriodSeconds deletionTimestamp generation managedFields resourceVersion selfLink uid',
  meaningless('A cluster writes it; whoever applies a manifest does not.'),
);

const garbageCollectionFields = eachField(
  'finalizers[] ownerReferences[].apiVersion ownerReferences[].blockOwnerDeletion ownerReferences[].controller ownerReferences[].kind ownerReferences[].name ownerReferences[].uid',
  meaningless('There is no garbage collection: CloudFormation deletes what leaves the template.'),
);

/** Of an object that stands on its own. */
export const metadataFields: FieldSupportTable = {
  'annotations.*': meaningless(
    'None of the annotations that are understood says something on this kind; see annotations/.',
  ),
  generateName: meaningless('An object needs a fixed name, and beside one Kubernetes ignores it.'),
  'labels.*': meaningless(
    "Labels of the object itself are read by `-l`, before it is compiled; tags are made of the pod template's.",
  ),
  name: mapped('names'),
  namespace: mapped('names'),
  ...serverFields,
  ...garbageCollectionFields,
};

/** Of an object on which some annotations are understood. */
export const annotatedMetadataFields: FieldSupportTable = { ...metadataFields, 'annotations.*': mapped('annotations') };

/** Of a pod template: a pod gets its labels and annotations, and nothing else of it. */
export const templateMetadataFields: FieldSupportTable = {
  'annotations.*': mapped('pod'),
  'labels.*': mapped('pod'),
  ...eachField(
    'generateName name namespace',
    meaningless('A pod is named after the object that makes it, and is in its namespace.'),
  ),
  ...serverFields,
  ...garbageCollectionFields,
};
