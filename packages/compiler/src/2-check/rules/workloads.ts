// A workload's pod template and its selector, which must match the template's labels.

import { isEmptySelector, matchesSelector, workloadSelectorsOf } from '../../kinds/shared/labelSelector.ts';
import { labelSelectorProblems } from '../labelSelectorProblems.ts';
import { objectRule, type Rule, reporterFor } from '../rule.ts';

/** A ReplicationController without a template creates no pods. As ValidatePodTemplateSpecForRC of Kubernetes. */
export const requiredTemplates = objectRule('ReplicationController', ['I2K305'], ({ spec }, reportAt) => {
  if (spec.template === undefined) reportAt(['spec'], 'the ReplicationController has no template');
});

/**
 * A workload's selector is not empty, and is valid. As ValidateDeploymentSpec, ValidateReplicaSetSpec and
 * ValidateNonEmptySelector of Kubernetes.
 */
export const workloadSelectors: Rule = {
  codes: ['I2K314'],
  check(manifests, report) {
    for (const { manifest, selector, isLabelMap: plain } of workloadSelectorsOf(manifests)) {
      const reportAt = reporterFor(manifest, 'I2K314', report);
      const path = ['spec', 'selector'];
      if (isEmptySelector(selector))
        reportAt(path, 'the selector is empty, and so would select every pod of the namespace');
      for (const { path: where, message } of labelSelectorProblems(selector))
        reportAt([...path, ...(plain ? where.slice(1) : where)], message);
    }
  },
};

/**
 * A workload's selector matches its own pods. As ValidateDeploymentSpec, ValidatePodTemplateSpecForReplicaSet and
 * ValidatePodTemplateSpecForRC of Kubernetes.
 */
export const selectorMatchesTemplate: Rule = {
  codes: ['I2K315'],
  check(manifests, report) {
    for (const { manifest, selector, isLabelMap: plain, labels } of workloadSelectorsOf(manifests)) {
      if (isEmptySelector(selector) || matchesSelector(selector, labels)) continue;
      const missing = Object.entries(selector.matchLabels ?? {}).find(([key, value]) => labels?.[key] !== value);
      const path = ['spec', 'selector', ...(missing ? [...(plain ? [] : ['matchLabels']), missing[0]] : [])];
      const text = missing ? `${missing[0]}=${missing[1]}` : 'the required labels';
      reporterFor(manifest, 'I2K315', report)(
        path,
        `the selector requires ${text}, but the labels of the pod template do not match`,
        {
          hint: 'Give the template the labels that the selector requires.',
          related: [
            {
              message: "the template's labels",
              object: manifest.ref,
              path: ['spec', 'template', 'metadata', 'labels'],
            },
          ],
        },
      );
    }
  },
};
