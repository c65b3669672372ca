// Numbers of machines that no stack and no network could hold, refused before the plan makes something of each machine.

import type { Path } from '../../diagnostic.ts';
import type { IntOrString } from '../../generated/kubernetes.ts';
import { podsOf, type WorkloadPod } from '../../kinds/shared/pods.ts';
import { maxStackResources } from '../../kinds/shared/stackLimits.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import type { CompileOptions } from '../../options.ts';
import { type ReportAt, type Rule, reporterFor } from '../rule.ts';

/** Of one Auto Scaling group. A Kubernetes cluster has at most 5,000 machines; a VPC of AWS's default size has room for 24,000. */
const maxGroupSize = 10_000;

/** Machines with resources of their own, of an app in several stacks. An account has 500 Auto Scaling groups unless AWS raises that. */
const maxOwnMachines = 5_000;

export const machineCounts: Rule = {
  codes: ['I2K614', 'I2K601'],
  check(manifests, report, options) {
    const pods = podsOf(manifests);
    for (const pod of pods) checkWorkload(pod, reporterFor(pod.manifest, 'I2K614', report));
    for (const autoscaler of manifests.of('HorizontalPodAutoscaler')) {
      const { minReplicas, maxReplicas } = autoscaler.object.spec;
      const reportAt = reporterFor(autoscaler, 'I2K614', report);
      for (const [field, count] of Object.entries({ minReplicas, maxReplicas }))
        checkGroupSize(['spec', field], field, count, reportAt);
    }
    checkTotal(manifests, pods, options, (pod) => reporterFor(pod.manifest, 'I2K614', report));
  },
};

/** Each machine of a StatefulSet or a Job is a resource of the template; those of other workloads are a number in it. */
const hasOwnMachines = ({ manifest }: WorkloadPod): boolean =>
  manifest.kind === 'StatefulSet' || manifest.kind === 'Job';

function checkWorkload(pod: WorkloadPod, reportAt: ReportAt): void {
  const { field, path } = countField(pod);
  if (hasOwnMachines(pod)) {
    if (pod.replicas > maxStackResources)
      reportAt(
        path,
        `${field} is ${pod.replicas}, but each machine is a resource, and a stack has at most ${maxStackResources}`,
      );
    return;
  }
  checkGroupSize(path, field, pod.replicas, reportAt);
  if (pod.manifest.kind !== 'Deployment') return;
  const { rollingUpdate } = (pod.manifest as Manifest<'Deployment'>).object.spec.strategy;
  checkGroupSize(
    ['spec', 'strategy', 'rollingUpdate', 'maxSurge'],
    'maxSurge',
    surgeOf(rollingUpdate?.maxSurge, pod.replicas),
    reportAt,
  );
}

function countField({ manifest, path }: WorkloadPod): { readonly field: string; readonly path: Path } {
  const spec = path.slice(0, -2);
  if (manifest.kind !== 'Job' && manifest.kind !== 'CronJob') return { field: 'replicas', path: [...spec, 'replicas'] };
  const job =
    manifest.kind === 'Job'
      ? (manifest as Manifest<'Job'>).object.spec
      : (manifest as Manifest<'CronJob'>).object.spec.jobTemplate.spec;
  const field = job.completions === undefined ? 'parallelism' : 'completions';
  return { field, path: [...spec, field] };
}

function checkGroupSize(path: Path, field: string, count: number, reportAt: ReportAt): void {
  if (count > maxGroupSize) reportAt(path, `${field} is ${count}, more than ${maxGroupSize} machines`);
}

const surgeOf = (surge: IntOrString | undefined, replicas: number): number =>
  typeof surge === 'string' ? Math.ceil((Number.parseInt(surge, 10) * replicas) / 100) || 0 : (surge ?? 0);

/** All workloads share a stack, at least for their security groups. */
function checkTotal(
  manifests: Manifests,
  pods: readonly WorkloadPod[],
  options: CompileOptions | undefined,
  reporterOf: (pod: WorkloadPod) => ReportAt,
): void {
  const [first] = pods;
  if (first !== undefined && pods.length > maxStackResources) {
    reporterOf(first)(
      [],
      `there are ${manifests.objects.length} objects with ${pods.length} workloads, each of which has a security group; a stack has at most ${maxStackResources} resources`,
      { code: 'I2K601', hint: 'Split the app into several, each with its own --app.' },
    );
  }
  const most = options?.config?.stacks === 'workload' ? maxOwnMachines : maxStackResources;
  const own = pods.filter(hasOwnMachines).filter(({ replicas }) => replicas <= maxStackResources);
  const total = own.reduce((sum, { replicas }) => sum + replicas, 0);
  const [largest] = [...own].sort((a, b) => b.replicas - a.replicas);
  if (largest !== undefined && total > most) {
    const { path } = countField(largest);
    reporterOf(largest)(path, `StatefulSets and Jobs have ${total} machines in total, more than ${most}`);
  }
}
