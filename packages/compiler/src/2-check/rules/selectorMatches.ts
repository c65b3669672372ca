// A workload's selector matches its own pods. As ValidateDeploymentSpec, ValidatePodTemplateSpecForReplicaSet and ValidatePodTemplateSpecForRC of Kubernetes.
import { isEmptySelector, selects } from '../../kinds/shared/labelSelector.ts';
import { ownersOf } from '../../kinds/shared/owners.ts';
import { type Rule, sayOf } from '../rule.ts';

export const selectorMatches: Rule = {
  codes: ['I2K315'],
  check(all, report) {
    for (const { manifest, selector, plain, labels } of ownersOf(all)) {
      if (isEmptySelector(selector) || selects(selector, labels)) continue;
      const missing = Object.entries(selector.matchLabels ?? {}).find(([key, value]) => labels?.[key] !== value);
      const path = ['spec', 'selector', ...(missing ? [...(plain ? [] : ['matchLabels']), missing[0]] : [])];
      const text = missing ? `${missing[0]}=${missing[1]}` : 'what it asks for';
      sayOf(manifest, 'I2K315', report)(path, `the selector asks for ${text}, and the pod template's labels do not have it`, {
        hint: 'give the template the labels that the selector asks for',
        related: [{ message: "the template's labels", object: manifest.ref, path: ['spec', 'template', 'metadata', 'labels'] }],
      });
    }
  },
};
