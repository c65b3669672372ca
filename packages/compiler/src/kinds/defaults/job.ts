// The defaults of the kinds whose pods end.
import { child, children, fill, fillZero, type JsonObject, struct } from './json.ts';
import { podTemplate } from './podSpec.ts';
import { inherit } from './workload.ts';

export function job(object: JsonObject): void {
  const metadata = struct(object, 'metadata');
  const spec = struct(object, 'spec');
  // Only a job that names neither is one of a single pod; with a parallelism alone, any one success ends it.
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  fill(spec, {
    parallelism: 1,
    backoffLimit: spec.backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
    manualSelector: false,
  });
  jobSpec(spec);
  inherit(metadata, 'labels', child(child(child(spec, 'template'), 'metadata'), 'labels'));
}

/** The jobs of a CronJob get a job's own defaults only when they are made, so they are not filled in its template. */
export function cronJob(object: JsonObject): void {
  struct(object, 'metadata');
  const spec = struct(object, 'spec');
  fillZero(spec, { concurrencyPolicy: 'Allow' });
  fill(spec, { suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
  const template = struct(spec, 'jobTemplate');
  struct(template, 'metadata');
  jobSpec(struct(template, 'spec'));
}

function jobSpec(spec: JsonObject): void {
  podTemplate(struct(spec, 'template'));
  for (const rule of children(child(spec, 'podFailurePolicy'), 'rules')) {
    for (const pattern of children(rule, 'onPodConditions')) fillZero(pattern, { status: 'True' });
  }
}
