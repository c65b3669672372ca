// A workload's selector says something, and can be read. As ValidateDeploymentSpec, ValidateReplicaSetSpec and ValidateNonEmptySelector of Kubernetes.

import { isEmptySelector } from '../../kinds/shared/labelSelector.ts';
import { ownersOf } from '../../kinds/shared/owners.ts';
import { type Rule, sayOf } from '../rule.ts';
import { problemsOf } from '../selector.ts';

export const selectors: Rule = {
  codes: ['I2K314'],
  check(all, report) {
    for (const { manifest, selector, plain } of ownersOf(all)) {
      const say = sayOf(manifest, 'I2K314', report);
      const path = ['spec', 'selector'];
      if (isEmptySelector(selector)) say(path, 'the selector is empty, and so would select every pod of the namespace');
      for (const { path: where, message } of problemsOf(selector)) say([...path, ...(plain ? where.slice(1) : where)], message);
    }
  },
};
