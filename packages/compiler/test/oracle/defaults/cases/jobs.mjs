// The kinds whose pods end.
import { cronJob, job, template } from './make.mjs';

export const jobs = [
  job({}),
  job({ completions: 3 }),
  job({ parallelism: 2 }),
  job({ parallelism: 0, completions: null, backoffLimit: 0 }),
  job({ backoffLimitPerIndex: 1, completionMode: 'Indexed', completions: 2 }),
  job({
    podFailurePolicy: {
      rules: [{ action: 'Ignore', onPodConditions: [{ type: 'x' }, { type: 'y', status: 'False' }] }],
    },
  }),
  job({ podReplacementPolicy: 'Failed', suspend: true, manualSelector: true, selector: {} }),
  job({}, { name: 'a', labels: { own: 'x' } }),
  job({}, { name: 'a', labels: {} }),
  cronJob({}),
  cronJob({ jobTemplate: {} }),
  cronJob({ concurrencyPolicy: 'Forbid', suspend: true, successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 0 }),
  cronJob({
    jobTemplate: {
      metadata: { labels: { a: 'b' } },
      spec: { template, podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'x' }] }] } },
    },
  }),
];
