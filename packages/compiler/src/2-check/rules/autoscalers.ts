// What a HorizontalPodAutoscaler scales, and by what. As ValidateHorizontalPodAutoscaler of Kubernetes; and the group can be scaled by it.
import type { Path } from '../../diagnostic.ts';
import { objectName } from '../../diagnostic.ts';
import type { HorizontalPodAutoscaler, HPAScalingRules, MetricSpec, MetricTarget } from '../../generated/kubernetes.ts';
import type { Kind } from '../../kinds/kind.ts';
import { autoscalerOf, isScalable, metricOf, scaledWorkload } from '../../kinds/shared/autoscalers.ts';
import { podOf } from '../../kinds/shared/pods.ts';
import { unitsRoundedUp } from '../../kinds/shared/quantity.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import { duplicatesOf, type ReportAt, type Rule, reporterFor } from '../rule.ts';

const METRIC_SOURCES = {
  Resource: 'resource',
  Object: 'object',
  Pods: 'pods',
  External: 'external',
  ContainerResource: 'containerResource',
} as const;

export const autoscalers: Rule = {
  codes: ['I2K338', 'I2K475', 'I2K476', 'I2K562'],
  check(all, report) {
    for (const manifest of all.of('HorizontalPodAutoscaler')) {
      const say = reporterFor(manifest, 'I2K338', report);
      checkSpec(manifest.object, say);
      checkDescribedObject(manifest, all, say);
      const { apiVersion = '', kind, name } = manifest.object.spec.scaleTargetRef;
      const at = ['spec', 'scaleTargetRef'];
      const workload = scaledWorkload(manifest, all);
      const pod = workload && podOf(workload);
      if (!kind || !name) continue;
      if (!isScalable(kind)) say([...at, 'kind'], `a ${kind} cannot be scaled`, { code: 'I2K475' });
      else if (/\//.test(apiVersion) && !/^(apps|extensions)\//.test(apiVersion))
        say([...at, 'apiVersion'], `the ${kind} of ${apiVersion} is none that is here`, {
          code: 'I2K475',
          hint: 'write apps/v1',
        });
      else if (!workload || !pod) {
        if (!all.wasRefused(kind, manifest.ref.namespace, name))
          say([...at, 'name'], `there is no ${kind} ${name} in the namespace ${manifest.ref.namespace}`, {
            code: 'I2K475',
          });
      } else {
        const first = autoscalerOf(workload, all);
        if (first && first !== manifest)
          say(at, `${objectName(first.ref)} scales ${objectName(workload.ref)}, too`, { code: 'I2K475' });
        if ((pod.spec.volumes ?? []).some(({ persistentVolumeClaim }) => persistentVolumeClaim)) {
          say(at, `${objectName(workload.ref)} has a disk, which one machine can have`, { code: 'I2K475' });
        }
        const written = (workload.written as { readonly spec?: { readonly replicas?: unknown } }).spec?.replicas;
        if (written !== undefined && written !== null) {
          reporterFor(
            workload,
            'I2K562',
            report,
          )(['spec', 'replicas'], `${objectName(manifest.ref)} decides how many machines there are`);
        }
      }
    }
  },
};

/** Requests are counted where they come in, so that has to be there. */
function checkDescribedObject(
  { ref, object }: Manifest<'HorizontalPodAutoscaler'>,
  all: Manifests,
  say: ReportAt,
): void {
  for (const [index, metric] of object.spec.metrics.entries()) {
    const { kind, name } = metric.object?.describedObject ?? {};
    if (metricOf(metric) !== 'requests' || !kind || !name) continue;
    if (all.get(kind as Kind, ref.namespace, name) || all.wasRefused(kind as Kind, ref.namespace, name)) continue;
    const path = ['spec', 'metrics', index, 'object', 'describedObject', 'name'];
    say(path, `there is no ${kind} ${name} in the namespace ${ref.namespace}`, { code: 'I2K476' });
  }
}

function checkSpec({ spec }: HorizontalPodAutoscaler, say: ReportAt): void {
  const { minReplicas, maxReplicas, scaleTargetRef: target, metrics, behavior } = spec;
  if (minReplicas < 1) say(['spec', 'minReplicas'], `minReplicas is ${minReplicas}, less than 1`);
  if (!(maxReplicas >= 1)) say(['spec', 'maxReplicas'], `maxReplicas is ${maxReplicas}, less than 1`);
  else if (maxReplicas < minReplicas)
    say(['spec', 'maxReplicas'], `maxReplicas ${maxReplicas} is less than minReplicas ${minReplicas}`);
  for (const field of ['kind', 'name'] as const) {
    if (!target[field]) say(['spec', 'scaleTargetRef'], `scaleTargetRef has no ${field}`);
    else if (/[/%]|^\.\.?$/.test(target[field]))
      say(['spec', 'scaleTargetRef', field], `${field} ${JSON.stringify(target[field])} is no part of a path`);
  }
  // One of the core group is none that an autoscaler takes.
  if (!/^[^/]+\/[^/]*$/.test(target.apiVersion ?? ''))
    say(
      ['spec', 'scaleTargetRef', 'apiVersion'],
      `${JSON.stringify(target.apiVersion ?? '')} is no apiVersion with a group`,
    );
  for (const [index, metric] of metrics.entries()) checkMetric(metric, ['spec', 'metrics', index], say);
  for (const { index, key } of duplicatesOf(metrics, metricOf)) {
    say(['spec', 'metrics', index], `the group follows one target of ${key}, and here is a second`, {
      code: 'I2K476',
      hint: 'keep the stricter one',
    });
  }
  if (behavior?.scaleUp) checkScalingRules(behavior.scaleUp, ['spec', 'behavior', 'scaleUp'], say);
  if (behavior?.scaleDown) checkScalingRules(behavior.scaleDown, ['spec', 'behavior', 'scaleDown'], say);
}

function checkMetric(metric: MetricSpec, path: Path, say: ReportAt): void {
  const source = Object.hasOwn(METRIC_SOURCES, metric.type)
    ? METRIC_SOURCES[metric.type as keyof typeof METRIC_SOURCES]
    : undefined;
  if (source === undefined) {
    say(
      [...path, 'type'],
      `${JSON.stringify(metric.type)} is no sort of metric: ${Object.keys(METRIC_SOURCES).join(', ')} are`,
    );
    return;
  }
  for (const other of Object.values(METRIC_SOURCES)) {
    if (other !== source && metric[other]) say([...path, other], `a metric of the type ${metric.type} has no ${other}`);
  }
  const found = metric[source];
  if (!found) {
    say([...path, source], `a metric of the type ${metric.type} needs ${source}`);
    return;
  }
  checkTarget(found.target, [...path, source, 'target'], source === 'resource' || source === 'containerResource', say);
  if ('name' in found && !found.name) say([...path, source], 'the metric does not say of which resource');
  if ('metric' in found && (!found.metric.name || /[/%]/.test(found.metric.name)))
    say([...path, source, 'metric'], 'the metric has no name that can be a part of a path');
  if (metricOf(metric) === undefined) {
    say(
      [...path, source],
      `nothing here measures ${'metric' in found ? found.metric.name : `${found.name} of one container`}`,
      {
        code: 'I2K476',
      },
    );
  }
}

function checkTarget(
  { type, averageUtilization, averageValue, value }: MetricTarget,
  path: Path,
  ofResource: boolean,
  say: ReportAt,
): void {
  if (!['Utilization', 'Value', 'AverageValue'].includes(type))
    say([...path, 'type'], `${JSON.stringify(type)} is none of Utilization, Value and AverageValue`);
  if (averageUtilization !== undefined && averageUtilization < 1)
    say([...path, 'averageUtilization'], `averageUtilization is ${averageUtilization}, less than 1`);
  for (const [name, quantity] of Object.entries({ averageValue, value })) {
    if (quantity !== undefined && (unitsRoundedUp(quantity) ?? 1) <= 0)
      say([...path, name], `${name} ${JSON.stringify(quantity)} is not more than 0`);
  }
  const known = ofResource ? [averageUtilization, averageValue] : [averageValue, value];
  if (known.every((one) => one === undefined))
    say(path, `the target has neither ${ofResource ? 'averageUtilization' : 'value'} nor averageValue`);
  if (ofResource && known.every((one) => one !== undefined))
    say([...path, 'averageValue'], 'a target is a utilization or a value, and not both');
}

function checkScalingRules(
  { policies = [], selectPolicy = 'Max', stabilizationWindowSeconds: window = 0 }: HPAScalingRules,
  path: Path,
  say: ReportAt,
): void {
  if (window < 0 || window > 3600)
    say(
      [...path, 'stabilizationWindowSeconds'],
      `stabilizationWindowSeconds is ${window}, which is not between 0 and 3600`,
    );
  if (!['Max', 'Min', 'Disabled'].includes(selectPolicy))
    say([...path, 'selectPolicy'], `${JSON.stringify(selectPolicy)} is none of Max, Min and Disabled`);
  if (policies.length === 0) say([...path, 'policies'], 'there is no policy');
  for (const [index, { type, value, periodSeconds }] of policies.entries()) {
    const at = [...path, 'policies', index];
    if (!['Pods', 'Percent'].includes(type))
      say([...at, 'type'], `${JSON.stringify(type)} is neither Pods nor Percent`);
    if (value < 1) say([...at, 'value'], `value is ${value}, less than 1`);
    if (periodSeconds < 1 || periodSeconds > 1800)
      say([...at, 'periodSeconds'], `periodSeconds is ${periodSeconds}, which is not between 1 and 1800`);
  }
}
