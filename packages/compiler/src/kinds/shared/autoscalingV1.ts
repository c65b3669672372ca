// Converts a HorizontalPodAutoscaler of autoscaling/v1 to autoscaling/v2, as Kubernetes does.
// Source: Convert_v1_HorizontalPodAutoscaler_To_autoscaling_HorizontalPodAutoscaler in k8s.io/kubernetes/pkg/apis/autoscaling/v1/conversion.go.
import { isObject, parseJson } from '@i2kit/common';
import type { Conversion } from '../kind.ts';

type Fields = Readonly<Record<string, unknown>>;

const annotationPrefix = 'autoscaling.alpha.kubernetes.io/';
/** Annotations in which Kubernetes stores what v1 has no fields for. The conversion removes all of them. */
const storedInAnnotations = ['metrics', 'behavior', 'conditions', 'current-metrics'].map(
  (name) => `${annotationPrefix}${name}`,
);

/** An object of the wrong shape stays as it is, so that the schema check reports it. */
export function convertAutoscalerV1(written: Fields): Conversion {
  const { metadata, spec } = written;
  if (!isObject(spec)) return { object: written, unknownFields: [] };
  const { targetCPUUtilizationPercentage: percentage, ...rest } = spec;
  const annotations = isObject(metadata) && isObject(metadata['annotations']) ? metadata['annotations'] : {};
  const stored = storedValue(annotations, 'metrics');
  const metrics = [
    ...(Array.isArray(stored) ? stored.map(metricV2) : []),
    ...(percentage === undefined || percentage === null ? [] : [cpuMetric(percentage)]),
  ];
  const behavior = storedValue(annotations, 'behavior');
  return {
    object: {
      ...written,
      ...(isObject(metadata) && isObject(metadata['annotations'])
        ? { metadata: { ...metadata, annotations: withoutStored(annotations) } }
        : {}),
      spec: {
        ...rest,
        ...(metrics.length > 0 ? { metrics } : {}),
        ...(isObject(behavior) ? { behavior } : {}),
      },
    },
    unknownFields: ['metrics', 'behavior']
      .filter((field) => Object.hasOwn(spec, field))
      .map((field) => ['spec', field]),
  };
}

function storedValue(annotations: Fields, name: string): unknown {
  const text = annotations[`${annotationPrefix}${name}`];
  return typeof text === 'string' ? parseJson(text) : undefined;
}

const withoutStored = (annotations: Fields): Fields =>
  Object.fromEntries(Object.entries(annotations).filter(([name]) => !storedInAnnotations.includes(name)));

const cpuMetric = (averageUtilization: unknown): Fields => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

/** A metric in the form of the annotation: targets and metric names are fields of the source itself. */
function metricV2(metric: unknown): unknown {
  if (!isObject(metric)) return metric;
  const source = Object.entries(metric).find(([key, value]) => key !== 'type' && isObject(value));
  if (source === undefined) return metric;
  const [name, value] = source as [string, Fields];
  return { type: metric['type'], [name]: name === 'object' ? objectSourceV2(value) : sourceV2(value) };
}

/** The source of resource, containerResource, pods or external metrics. */
function sourceV2(source: Fields): Fields {
  const { name, container, metricName, selector, metricSelector = selector } = source;
  const identity =
    metricName === undefined
      ? { name, ...(container === undefined ? {} : { container }) }
      : { metric: { name: metricName, ...(metricSelector === undefined ? {} : { selector: metricSelector }) } };
  return { ...identity, target: targetV2(source) };
}

/** In v1 `target` names the object, and `averageValue` is the target. */
function objectSourceV2({ target, metricName, selector, targetValue, averageValue }: Fields): Fields {
  return {
    describedObject: target,
    metric: { name: metricName, ...(selector === undefined ? {} : { selector }) },
    target: targetV2(averageValue === undefined ? { targetValue } : { targetAverageValue: averageValue }),
  };
}

function targetV2({ targetAverageUtilization, targetAverageValue, targetValue }: Fields): Fields {
  if (targetAverageUtilization !== undefined)
    return { type: 'Utilization', averageUtilization: targetAverageUtilization };
  return targetAverageValue === undefined
    ? { type: 'Value', value: targetValue }
    : { type: 'AverageValue', averageValue: targetAverageValue };
}
