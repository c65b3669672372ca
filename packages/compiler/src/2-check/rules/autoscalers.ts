// The target and metrics of a HorizontalPodAutoscaler, as ValidateHorizontalPodAutoscaler of Kubernetes, and whether
// an Auto Scaling group can follow them.
import type { Path } from '../../diagnostic.ts';
import { objectName } from '../../diagnostic.ts';
import type { HorizontalPodAutoscaler, HPAScalingRules, MetricSpec, MetricTarget } from '../../generated/kubernetes.ts';
import type { Kind } from '../../kinds/index.ts';
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
  check(manifests, report) {
    for (const manifest of manifests.of('HorizontalPodAutoscaler')) {
      const reportAt = reporterFor(manifest, 'I2K338', report);
      checkSpec(manifest.object, reportAt);
      checkDescribedObject(manifest, manifests, reportAt);
      const { apiVersion = '', kind, name } = manifest.object.spec.scaleTargetRef;
      const path = ['spec', 'scaleTargetRef'];
      const workload = scaledWorkload(manifest, manifests);
      const pod = workload && podOf(workload);
      if (!kind || !name) continue;
      if (!isScalable(kind)) reportAt([...path, 'kind'], `a ${kind} cannot be scaled`, { code: 'I2K475' });
      else if (/\//.test(apiVersion) && !/^(apps|extensions)\//.test(apiVersion))
        reportAt([...path, 'apiVersion'], `there is no ${kind} of ${apiVersion} that i2kit compiles`, {
          code: 'I2K475',
          hint: 'Write `apiVersion: apps/v1`.',
        });
      else if (!workload || !pod) {
        if (!manifests.wasRefused(kind, manifest.ref.namespace, name))
          reportAt([...path, 'name'], `there is no ${kind} ${name} in the namespace ${manifest.ref.namespace}`, {
            code: 'I2K475',
          });
      } else {
        const first = autoscalerOf(workload, manifests);
        if (first && first !== manifest)
          reportAt(path, `${objectName(first.ref)} also scales ${objectName(workload.ref)}`, { code: 'I2K475' });
        if ((pod.spec.volumes ?? []).some(({ persistentVolumeClaim }) => persistentVolumeClaim)) {
          reportAt(path, `${objectName(workload.ref)} mounts an EBS volume, which only one machine can attach`, {
            code: 'I2K475',
          });
        }
        const written = (workload.written as { readonly spec?: { readonly replicas?: unknown } }).spec?.replicas;
        if (written !== undefined && written !== null) {
          reporterFor(
            workload,
            'I2K562',
            report,
          )(['spec', 'replicas'], `${objectName(manifest.ref)} decides the number of machines`);
        }
      }
    }
  },
};

/** The load balancer counts requests, so it must exist. */
function checkDescribedObject(
  { ref, object }: Manifest<'HorizontalPodAutoscaler'>,
  manifests: Manifests,
  reportAt: ReportAt,
): void {
  for (const [index, metric] of object.spec.metrics.entries()) {
    const { kind, name } = metric.object?.describedObject ?? {};
    if (metricOf(metric) !== 'requests' || !kind || !name) continue;
    if (manifests.get(kind as Kind, ref.namespace, name) || manifests.wasRefused(kind as Kind, ref.namespace, name))
      continue;
    const path = ['spec', 'metrics', index, 'object', 'describedObject', 'name'];
    reportAt(path, `there is no ${kind} ${name} in the namespace ${ref.namespace}`, { code: 'I2K476' });
  }
}

function checkSpec({ spec }: HorizontalPodAutoscaler, reportAt: ReportAt): void {
  const { minReplicas, maxReplicas, scaleTargetRef: target, metrics, behavior } = spec;
  if (minReplicas < 1) reportAt(['spec', 'minReplicas'], `minReplicas is ${minReplicas}, less than 1`);
  if (!(maxReplicas >= 1)) reportAt(['spec', 'maxReplicas'], `maxReplicas is ${maxReplicas}, less than 1`);
  else if (maxReplicas < minReplicas)
    reportAt(['spec', 'maxReplicas'], `maxReplicas ${maxReplicas} is less than minReplicas ${minReplicas}`);
  for (const field of ['kind', 'name'] as const) {
    if (!target[field]) reportAt(['spec', 'scaleTargetRef'], `scaleTargetRef has no ${field}`);
    else if (/[/%]|^\.\.?$/.test(target[field]))
      reportAt(
        ['spec', 'scaleTargetRef', field],
        `${field} ${JSON.stringify(target[field])} is not a valid path segment`,
      );
  }
  // Kubernetes' autoscaler does not accept a target of the core group.
  if (!/^[^/]+\/[^/]*$/.test(target.apiVersion ?? ''))
    reportAt(
      ['spec', 'scaleTargetRef', 'apiVersion'],
      `${JSON.stringify(target.apiVersion ?? '')} is not an apiVersion with a group`,
    );
  for (const [index, metric] of metrics.entries()) checkMetric(metric, ['spec', 'metrics', index], reportAt);
  for (const { index, key } of duplicatesOf(metrics, metricOf)) {
    reportAt(['spec', 'metrics', index], `there are two targets for ${key}, but the group follows only one`, {
      code: 'I2K476',
      hint: 'Keep the stricter one.',
    });
  }
  if (behavior?.scaleUp) checkScalingRules(behavior.scaleUp, ['spec', 'behavior', 'scaleUp'], reportAt);
  if (behavior?.scaleDown) checkScalingRules(behavior.scaleDown, ['spec', 'behavior', 'scaleDown'], reportAt);
}

function checkMetric(metric: MetricSpec, path: Path, reportAt: ReportAt): void {
  const source = Object.hasOwn(METRIC_SOURCES, metric.type)
    ? METRIC_SOURCES[metric.type as keyof typeof METRIC_SOURCES]
    : undefined;
  if (source === undefined) {
    reportAt(
      [...path, 'type'],
      `${JSON.stringify(metric.type)} is not a metric type. Use one of ${Object.keys(METRIC_SOURCES).join(', ')}`,
    );
    return;
  }
  for (const other of Object.values(METRIC_SOURCES)) {
    if (other !== source && metric[other])
      reportAt([...path, other], `a metric of type ${metric.type} cannot have ${other}`);
  }
  const found = metric[source];
  if (!found) {
    reportAt([...path, source], `a metric of type ${metric.type} needs ${source}`);
    return;
  }
  checkTarget(
    found.target,
    [...path, source, 'target'],
    source === 'resource' || source === 'containerResource',
    reportAt,
  );
  if ('name' in found && !found.name) reportAt([...path, source], 'the metric names no resource');
  if ('metric' in found && (!found.metric.name || /[/%]/.test(found.metric.name)))
    reportAt([...path, source, 'metric'], 'the metric has no name that is a valid path segment');
  if (metricOf(metric) === undefined) {
    reportAt(
      [...path, source],
      `nothing measures ${'metric' in found ? found.metric.name : `${found.name} of one container`}`,
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
  reportAt: ReportAt,
): void {
  if (!['Utilization', 'Value', 'AverageValue'].includes(type))
    reportAt([...path, 'type'], `${JSON.stringify(type)} is not Utilization, Value or AverageValue`);
  if (averageUtilization !== undefined && averageUtilization < 1)
    reportAt([...path, 'averageUtilization'], `averageUtilization is ${averageUtilization}, less than 1`);
  for (const [name, quantity] of Object.entries({ averageValue, value })) {
    if (quantity !== undefined && (unitsRoundedUp(quantity) ?? 1) <= 0)
      reportAt([...path, name], `${name} ${JSON.stringify(quantity)} is not more than 0`);
  }
  const amounts = ofResource ? [averageUtilization, averageValue] : [averageValue, value];
  if (amounts.every((one) => one === undefined))
    reportAt(path, `the target has neither ${ofResource ? 'averageUtilization' : 'value'} nor averageValue`);
  if (ofResource && amounts.every((one) => one !== undefined))
    reportAt([...path, 'averageValue'], 'a target has a utilization or a value, not both');
}

function checkScalingRules(
  { policies = [], selectPolicy = 'Max', stabilizationWindowSeconds: window = 0 }: HPAScalingRules,
  path: Path,
  reportAt: ReportAt,
): void {
  if (window < 0 || window > 3600)
    reportAt(
      [...path, 'stabilizationWindowSeconds'],
      `stabilizationWindowSeconds is ${window}, not between 0 and 3600`,
    );
  if (!['Max', 'Min', 'Disabled'].includes(selectPolicy))
    reportAt([...path, 'selectPolicy'], `${JSON.stringify(selectPolicy)} is not Max, Min or Disabled`);
  if (policies.length === 0) reportAt([...path, 'policies'], 'there is no policy');
  for (const [index, { type, value, periodSeconds }] of policies.entries()) {
    const fieldPath = [...path, 'policies', index];
    if (!['Pods', 'Percent'].includes(type))
      reportAt([...fieldPath, 'type'], `${JSON.stringify(type)} is neither Pods nor Percent`);
    if (value < 1) reportAt([...fieldPath, 'value'], `value is ${value}, less than 1`);
    if (periodSeconds < 1 || periodSeconds > 1800)
      reportAt([...fieldPath, 'periodSeconds'], `periodSeconds is ${periodSeconds}, not between 1 and 1800`);
  }
}
