// What is done with each field of an IngressClass; see its page in Kubernetes' API reference.
import { each, mapped, meaningless, refused, under, warned } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { annotatedMetadata } from './metadata.ts';

export const ingressClass: Ledger = {
  ...each('apiVersion kind', mapped('read')),
  ...under('metadata', { ...annotatedMetadata, namespace: meaningless('A class is in no namespace.') }),
  'spec.controller': warned('I2K560', { unless: ['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb', ''] }),
  ...under('spec.parameters', each('apiGroup kind name namespace scope', refused('I2K482'))),
};
