// What is done with an object's metadata; see "ObjectMeta" in Kubernetes' API reference.

import { each, mapped, meaningless } from './classes.ts';
import type { Ledger } from './ledger.ts';

const written = each(
  'creationTimestamp deletionGracePeriodSeconds deletionTimestamp generation managedFields resourceVersion selfLink uid',
  meaningless('A cluster writes it; whoever applies a manifest does not.'),
);

const collected = each(
  'finalizers[] ownerReferences[].apiVersion ownerReferences[].blockOwnerDeletion ownerReferences[].controller ownerReferences[].kind ownerReferences[].name ownerReferences[].uid',
  meaningless('There is no garbage collection: CloudFormation deletes what leaves the template.'),
);

/** Of an object that stands on its own. */
export const metadata: Ledger = {
  'annotations.*': meaningless('None of the annotations that are understood says something on this kind; see annotations/.'),
  generateName: meaningless('An object needs a fixed name, and beside one Kubernetes ignores it.'),
  'labels.*': meaningless("Labels of the object itself are read by `-l`, before it is compiled; tags are made of the pod template's."),
  name: mapped('names'),
  namespace: mapped('names'),
  ...written,
  ...collected,
};

/** Of an object on which some annotations are understood. */
export const annotatedMetadata: Ledger = { ...metadata, 'annotations.*': mapped('annotations') };

/** Of a pod template: a pod gets its labels and annotations, and nothing else of it. */
export const templateMetadata: Ledger = {
  'annotations.*': mapped('pod'),
  'labels.*': mapped('pod'),
  ...each('generateName name namespace', meaningless('A pod is named after the object that makes it, and is in its namespace.')),
  ...written,
  ...collected,
};
