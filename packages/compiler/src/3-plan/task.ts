// Job, CronJob, and a Pod that is not restarted always -> what runs to its end.
import type { JobSpec } from '../generated/kubernetes.ts';
import { scheduleOf } from '../kinds/shared/cron.ts';
import { completionsOf, type PodOf } from '../kinds/shared/pods.ts';
import type { Manifest } from '../manifest.ts';
import type { Task, Timetable } from '../plan.ts';

export function taskOf({ manifest, ends, spec }: PodOf): Task | undefined {
  if (!ends) return undefined;
  if (manifest.kind === 'Job') return ofJob(manifest as Manifest<'Job'>, (manifest as Manifest<'Job'>).object.spec);
  if (manifest.kind === 'CronJob') {
    const cronJob = manifest as Manifest<'CronJob'>;
    return { ...ofJob(cronJob, cronJob.object.spec.jobTemplate.spec), schedule: timetable(cronJob) };
  }
  const origin = { object: manifest.ref, path: ['spec', 'restartPolicy'] };
  return { origin, retries: spec.restartPolicy === 'Never' ? 0 : unbounded, parallelism: 1 };
}

/** The kubelet starts a Pod with restartPolicy OnFailure again for as long as it fails. */
const unbounded = 2 ** 31 - 1;

/** Kubernetes fills it in only when a CronJob makes the Job. */
const usualBackoffLimit = 6;

const ofJob = ({ ref }: Manifest, spec: JobSpec): Task => ({
  origin: { object: ref, path: ['spec'] },
  retries: spec.backoffLimit ?? usualBackoffLimit,
  parallelism: Math.max(1, spec.parallelism ?? completionsOf(spec)),
});

function timetable({ ref, object: { spec } }: Manifest<'CronJob'>): Timetable {
  const read = scheduleOf(spec.schedule);
  return {
    origin: { object: ref, path: ['spec', 'schedule'] },
    recurrence: 'recurrence' in read ? read.recurrence : '',
    ...(spec.timeZone === undefined ? {} : { timeZone: spec.timeZone }),
    suspended: spec.suspend,
  };
}
