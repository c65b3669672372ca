// Jobs, CronJobs, and Pods with restartPolicy Never or OnFailure -> machines that run to completion.
import type { JobSpec } from '../generated/kubernetes.ts';
import { parseSchedule } from '../kinds/shared/cron.ts';
import { completionsOf, type WorkloadPod } from '../kinds/shared/pods.ts';
import type { Manifest } from '../manifest.ts';
import type { Job, Schedule } from '../plan.ts';

export function jobOf({ manifest, runsToCompletion: ends, spec }: WorkloadPod): Job | undefined {
  if (!ends) return undefined;
  if (manifest.kind === 'Job') return jobOfSpec(manifest as Manifest<'Job'>, (manifest as Manifest<'Job'>).object.spec);
  if (manifest.kind === 'CronJob') {
    const cronJob = manifest as Manifest<'CronJob'>;
    return { ...jobOfSpec(cronJob, cronJob.object.spec.jobTemplate.spec), schedule: cronJobSchedule(cronJob) };
  }
  const origin = { object: manifest.ref, path: ['spec', 'restartPolicy'] };
  return { origin, backoffLimit: spec.restartPolicy === 'Never' ? 0 : unlimitedRetries, parallelism: 1 };
}

/** The kubelet restarts a Pod with restartPolicy OnFailure without limit. */
const unlimitedRetries = 2 ** 31 - 1;

/** Kubernetes sets this default only when a CronJob creates the Job. */
const defaultBackoffLimit = 6;

const jobOfSpec = ({ ref }: Manifest, spec: JobSpec): Job => ({
  origin: { object: ref, path: ['spec'] },
  backoffLimit: spec.backoffLimit ?? defaultBackoffLimit,
  parallelism: Math.max(1, spec.parallelism ?? completionsOf(spec)),
});

function cronJobSchedule({ ref, object: { spec } }: Manifest<'CronJob'>): Schedule {
  const read = parseSchedule(spec.schedule);
  return {
    origin: { object: ref, path: ['spec', 'schedule'] },
    recurrence: read.ok ? read.value : '',
    ...(spec.timeZone === undefined ? {} : { timeZone: spec.timeZone }),
    suspended: spec.suspend,
  };
}
