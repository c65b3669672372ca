// What runs to its end. As validateJobSpec of Kubernetes; and CloudFormation waits for twelve hours at the most.

import type { Path } from '../../diagnostic.ts';
import type { JobSpec } from '../../generated/kubernetes.ts';
import { isEmptySelector, matchesSelector } from '../../kinds/shared/labelSelector.ts';
import { completionsOf, MAX_JOB_SECONDS } from '../../kinds/shared/pods.ts';
import { labelSelectorProblems } from '../labelSelectorProblems.ts';
import { type ReportAt, type Rule, reporterFor } from '../rule.ts';

export const jobs: Rule = {
  codes: ['I2K335', 'I2K314', 'I2K322', 'I2K471', 'I2K550'],
  check(all, report) {
    for (const manifest of all.of('Job')) {
      const say = reporterFor(manifest, 'I2K335', report);
      checkJob(manifest.object.spec, ['spec'], say);
      checkSelector(manifest.object.spec, say);
      const seconds =
        manifest.object.spec.activeDeadlineSeconds ?? manifest.object.spec.template.spec.activeDeadlineSeconds ?? 0;
      if (seconds > MAX_JOB_SECONDS) {
        say(
          ['spec', 'activeDeadlineSeconds'],
          `the Job may take ${seconds} seconds, and a stack waits for ${MAX_JOB_SECONDS} at the most`,
          {
            code: 'I2K471',
          },
        );
      }
      if (completionsOf(manifest.object.spec) > 1) {
        say(
          ['spec', 'backoffLimit'],
          'each machine starts its pod again this often, rather than all of them together',
          { code: 'I2K550' },
        );
      }
    }
    for (const manifest of all.of('CronJob')) {
      const say = reporterFor(manifest, 'I2K335', report);
      const { spec } = manifest.object.spec.jobTemplate;
      checkJob(spec, ['spec', 'jobTemplate', 'spec'], say);
      for (const field of ['selector', 'manualSelector'] as const) {
        if (spec[field] !== undefined && spec[field] !== false)
          say(['spec', 'jobTemplate', 'spec', field], `the Jobs of a CronJob get their ${field} by themselves`);
      }
    }
  },
};

function checkJob(
  { template, completionMode, podReplacementPolicy, podFailurePolicy }: JobSpec,
  path: Path,
  say: ReportAt,
): void {
  const { restartPolicy } = template.spec;
  if (restartPolicy !== 'OnFailure' && restartPolicy !== 'Never') {
    say(
      [...path, 'template', 'spec', 'restartPolicy'],
      `the pods of a Job have restartPolicy OnFailure or Never, and not ${restartPolicy || 'none'}`,
      { code: 'I2K322' },
    );
  }
  if (podFailurePolicy && restartPolicy === 'OnFailure')
    say([...path, 'podFailurePolicy'], 'a podFailurePolicy goes with restartPolicy Never only');
  if (completionMode !== undefined && !['NonIndexed', 'Indexed'].includes(completionMode)) {
    say([...path, 'completionMode'], `${JSON.stringify(completionMode)} is neither NonIndexed nor Indexed`);
  }
  if (podReplacementPolicy !== undefined && !['TerminatingOrFailed', 'Failed'].includes(podReplacementPolicy)) {
    say(
      [...path, 'podReplacementPolicy'],
      `${JSON.stringify(podReplacementPolicy)} is neither TerminatingOrFailed nor Failed`,
    );
  }
}

/** A selector is made for each Job; a written one goes with manualSelector, and has to match. */
function checkSelector({ selector, manualSelector, template }: JobSpec, say: ReportAt): void {
  const path = ['spec', 'selector'];
  if (selector === undefined) {
    if (manualSelector) say(['spec', 'manualSelector'], 'with manualSelector the Job needs a selector');
    return;
  }
  if (!manualSelector && !isEmptySelector(selector))
    say(path, 'a Job gets its selector by itself', { hint: 'leave the selector out' });
  for (const { path: where, message } of labelSelectorProblems(selector))
    say([...path, ...where], message, { code: 'I2K314' });
  if (manualSelector && !matchesSelector(selector, template.metadata.labels))
    say(path, "the selector does not match the template's labels");
}
