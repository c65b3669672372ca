// Jobs, as validateJobSpec of Kubernetes. CloudFormation waits for at most twelve hours.

import type { Path } from '../../diagnostic.ts';
import type { JobSpec } from '../../generated/kubernetes.ts';
import { isEmptySelector, matchesSelector } from '../../kinds/shared/labelSelector.ts';
import { completionsOf, MAX_JOB_SECONDS } from '../../kinds/shared/pods.ts';
import { labelSelectorProblems } from '../labelSelectorProblems.ts';
import { type ReportAt, type Rule, reporterFor } from '../rule.ts';

export const jobs: Rule = {
  codes: ['I2K335', 'I2K314', 'I2K322', 'I2K471', 'I2K550'],
  check(manifests, report) {
    for (const manifest of manifests.of('Job')) {
      const reportAt = reporterFor(manifest, 'I2K335', report);
      checkJob(manifest.object.spec, ['spec'], reportAt);
      checkSelector(manifest.object.spec, reportAt);
      const seconds =
        manifest.object.spec.activeDeadlineSeconds ?? manifest.object.spec.template.spec.activeDeadlineSeconds ?? 0;
      if (seconds > MAX_JOB_SECONDS) {
        reportAt(
          ['spec', 'activeDeadlineSeconds'],
          `the Job may take ${seconds} seconds, but a stack waits for at most ${MAX_JOB_SECONDS}`,
          {
            code: 'I2K471',
          },
        );
      }
      if (completionsOf(manifest.object.spec) > 1) {
        reportAt(
          ['spec', 'backoffLimit'],
          'each machine restarts its pod this many times, rather than all machines together',
          { code: 'I2K550' },
        );
      }
    }
    for (const manifest of manifests.of('CronJob')) {
      const reportAt = reporterFor(manifest, 'I2K335', report);
      const { spec } = manifest.object.spec.jobTemplate;
      checkJob(spec, ['spec', 'jobTemplate', 'spec'], reportAt);
      for (const field of ['selector', 'manualSelector'] as const) {
        if (spec[field] !== undefined && spec[field] !== false)
          reportAt(['spec', 'jobTemplate', 'spec', field], `the Jobs of a CronJob get their ${field} automatically`);
      }
    }
  },
};

function checkJob(
  { template, completionMode, podReplacementPolicy, podFailurePolicy }: JobSpec,
  path: Path,
  reportAt: ReportAt,
): void {
  const { restartPolicy } = template.spec;
  if (restartPolicy !== 'OnFailure' && restartPolicy !== 'Never') {
    reportAt(
      [...path, 'template', 'spec', 'restartPolicy'],
      `the pods of a Job need restartPolicy OnFailure or Never, not ${restartPolicy || 'none'}`,
      { code: 'I2K322' },
    );
  }
  if (podFailurePolicy && restartPolicy === 'OnFailure')
    reportAt([...path, 'podFailurePolicy'], 'a podFailurePolicy requires restartPolicy Never');
  if (completionMode !== undefined && !['NonIndexed', 'Indexed'].includes(completionMode)) {
    reportAt([...path, 'completionMode'], `${JSON.stringify(completionMode)} is neither NonIndexed nor Indexed`);
  }
  if (podReplacementPolicy !== undefined && !['TerminatingOrFailed', 'Failed'].includes(podReplacementPolicy)) {
    reportAt(
      [...path, 'podReplacementPolicy'],
      `${JSON.stringify(podReplacementPolicy)} is neither TerminatingOrFailed nor Failed`,
    );
  }
}

/** Each Job gets a selector; a written one requires manualSelector and must match. */
function checkSelector({ selector, manualSelector, template }: JobSpec, reportAt: ReportAt): void {
  const path = ['spec', 'selector'];
  if (selector === undefined) {
    if (manualSelector) reportAt(['spec', 'manualSelector'], 'with manualSelector the Job needs a selector');
    return;
  }
  if (!manualSelector && !isEmptySelector(selector))
    reportAt(path, 'a Job gets its selector automatically', { hint: 'Leave the selector out.' });
  for (const { path: where, message } of labelSelectorProblems(selector))
    reportAt([...path, ...where], message, { code: 'I2K314' });
  if (manualSelector && !matchesSelector(selector, template.metadata.labels))
    reportAt(path, "the selector does not match the template's labels");
}
