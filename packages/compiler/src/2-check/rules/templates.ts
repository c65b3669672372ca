// A ReplicationController without a template makes no pods. As ValidatePodTemplateSpecForRC of Kubernetes.
import { perObject } from '../rule.ts';

export const templates = perObject('ReplicationController', ['I2K305'], ({ spec }, say) => {
  if (spec.template === undefined) say(['spec'], 'the ReplicationController has no template');
});
