// What is done with each field of a Job; see its page in Kubernetes' API reference.
import { all, each, mapped, meaningless, refused, under, warned } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { endingTemplate, ownSelector, workload } from './workload.ts';

/** Of a Job, and of the Jobs that a CronJob makes. */
export const jobSpec: Ledger = {
  ...each('completions parallelism suspend', mapped('size')),
  ...each('activeDeadlineSeconds backoffLimit', mapped('pod')),
  completionMode: refused('I2K470', { unless: 'NonIndexed' }),
  ...each(
    'backoffLimitPerIndex maxFailedIndexes successPolicy.rules[].succeededCount successPolicy.rules[].succeededIndexes',
    refused('I2K470'),
  ),
  ...under(
    'podFailurePolicy.rules[]',
    each(
      'action onExitCodes.containerName onExitCodes.operator onExitCodes.values[] onPodConditions[].status onPodConditions[].type',
      refused('I2K473'),
    ),
  ),
  managedBy: refused('I2K473', { unless: 'kubernetes.io/job-controller' }),
  podReplacementPolicy: meaningless('A pod is started again on its own machine, once it has ended.'),
  // Only both or neither of them say whose the pods are.
  manualSelector: refused('I2K335', { byRule: true, unless: false }),
  // It is checked against the template, and then it says nothing that the Job's name does not.
  ...under('selector', all(ownSelector, refused('I2K335', { byRule: true }))),
  ttlSecondsAfterFinished: warned('I2K552'),
  ...under('template', endingTemplate),
};

export const job: Ledger = { ...workload, ...under('spec', jobSpec) };
