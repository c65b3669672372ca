// The defaults of Job and CronJob.
import { child, children, ensureObject, fillAbsent, fillAbsentOrZero, type JsonObject } from './jsonObject.ts';
import { setPodTemplateDefaults } from './pod.ts';
import { inheritLabels } from './workload.ts';

export function setJobDefaults(object: JsonObject): void {
  const metadata = ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  // Only a Job without both fields has a single pod; with parallelism alone, any one success ends it.
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  fillAbsent(spec, {
    parallelism: 1,
    backoffLimit: spec.backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
    manualSelector: false,
  });
  setJobSpecDefaults(spec);
  inheritLabels(metadata, 'labels', child(child(child(spec, 'template'), 'metadata'), 'labels'));
}

/** The Jobs of a CronJob get a Job's own defaults only when they are created, so its template does not. */
export function setCronJobDefaults(object: JsonObject): void {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  fillAbsentOrZero(spec, { concurrencyPolicy: 'Allow' });
  fillAbsent(spec, { suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
  const template = ensureObject(spec, 'jobTemplate');
  ensureObject(template, 'metadata');
  setJobSpecDefaults(ensureObject(template, 'spec'));
}

function setJobSpecDefaults(spec: JsonObject): void {
  setPodTemplateDefaults(ensureObject(spec, 'template'));
  for (const rule of children(child(spec, 'podFailurePolicy'), 'rules')) {
    for (const pattern of children(rule, 'onPodConditions')) fillAbsentOrZero(pattern, { status: 'True' });
  }
}
