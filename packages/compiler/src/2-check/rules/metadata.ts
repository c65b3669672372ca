// Metadata of objects: names, duplicates, labels and the rest, as ValidateObjectMeta of apimachinery.

import { objectName, type Path } from '../../diagnostic.ts';
import type { ObjectMeta } from '../../generated/kubernetes.ts';
import type { Kind } from '../../kinds/index.ts';
import { utf8ByteLength } from '../../kinds/shared/byteLength.ts';
import { isBarePod, podOf, templatePathOf } from '../../kinds/shared/pods.ts';
import { dnsLabel, dnsSubdomain, labelValue, qualifiedName } from '../formats.ts';
import { duplicatesOf, type ReportAt, type Rule, reporterFor } from '../rule.ts';

/** Its Jobs get eleven more characters. */
const cronJobName = (name: string) =>
  dnsSubdomain(name) ?? (name.length > 52 ? 'is longer than 52 characters' : undefined);

/** Its pods carry it as a label value. */
const jobName = (name: string) => dnsSubdomain(name) ?? (name.length > 63 ? 'is longer than 63 characters' : undefined);

const nameFormats: { readonly [K in Kind]: (name: string) => string | undefined } = {
  ConfigMap: dnsSubdomain,
  Deployment: dnsSubdomain,
  Namespace: dnsLabel,
  PersistentVolumeClaim: dnsSubdomain,
  CronJob: cronJobName,
  Job: jobName,
  Pod: dnsSubdomain,
  ReplicaSet: dnsSubdomain,
  ReplicationController: dnsSubdomain,
  Ingress: dnsSubdomain,
  IngressClass: dnsSubdomain,
  HorizontalPodAutoscaler: dnsSubdomain,
  PodDisruptionBudget: dnsSubdomain,
  NetworkPolicy: dnsSubdomain,
  Secret: dnsSubdomain,
  Service: dnsLabel,
  ServiceAccount: dnsSubdomain,
  StatefulSet: dnsLabel,
  StorageClass: dnsSubdomain,
};

/** Names of objects and of their namespaces. As ValidateObjectMeta of apimachinery, with each kind's own format. */
export const names: Rule = {
  codes: ['I2K301'],
  check(manifests, report) {
    for (const manifest of manifests.objects) {
      const reportAt = reporterFor(manifest, 'I2K301', report);
      const { name, namespace, generateName } = manifest.object.metadata;
      if (!name) {
        const hint = generateName
          ? 'generateName would give it another name in every deployment'
          : 'Add metadata.name.';
        reportAt(['metadata', 'name'], 'the object has no name', { hint });
      } else {
        const problem = nameFormats[manifest.kind](name);
        if (problem) reportAt(['metadata', 'name'], `the name ${JSON.stringify(name)} ${problem}`);
      }
      const problem = namespace && dnsLabel(namespace);
      if (problem) reportAt(['metadata', 'namespace'], `the namespace ${JSON.stringify(namespace)} ${problem}`);
    }
  },
};

/** Two objects of the same kind and name: Kubernetes would treat the second as an update of the first. */
export const duplicateObjects: Rule = {
  codes: ['I2K304'],
  check(manifests, report) {
    for (const { index, first, key } of duplicatesOf(manifests.objects, ({ ref }) => objectName(ref))) {
      const [manifest, other] = [manifests.objects[index], manifests.objects[first]];
      if (!manifest || !other) continue;
      const reportAt = reporterFor(manifest, 'I2K304', report);
      reportAt(['metadata', 'name'], `${key} is defined twice`, {
        hint: 'Remove or rename one of them.',
        related: [{ message: 'the other one', object: other.ref, path: ['metadata', 'name'] }],
      });
    }
  },
};

/** TotalAnnotationSizeLimitB. */
const MAX_ANNOTATION_BYTES = 256 * 1024;

/**
 * Keys and values of labels, and keys and size of annotations. As ValidateLabels and ValidateAnnotations of
 * apimachinery.
 */
export const labels: Rule = {
  codes: ['I2K302', 'I2K303'],
  check(manifests, report) {
    for (const manifest of manifests.objects) {
      const reportAt = reporterFor(manifest, 'I2K302', report);
      checkLabelsAndAnnotations(manifest.object.metadata, ['metadata'], reportAt);
      const pod = podOf(manifest);
      if (pod && !isBarePod(pod))
        checkLabelsAndAnnotations(pod.template.metadata, [...templatePathOf(pod), 'metadata'], reportAt);
    }
  },
};

function checkLabelsAndAnnotations(
  { labels = {}, annotations = {} }: ObjectMeta,
  path: Path,
  reportAt: ReportAt,
): void {
  for (const [key, value] of Object.entries(labels)) {
    const fieldPath = [...path, 'labels', key];
    const wrongKey = qualifiedName(key);
    if (wrongKey) reportAt(fieldPath, `the label key ${JSON.stringify(key)} ${wrongKey}`, { atKey: true });
    const wrongValue = labelValue(value);
    if (wrongValue) reportAt(fieldPath, `the value ${JSON.stringify(value)} of the label ${key} ${wrongValue}`);
  }
  for (const key of Object.keys(annotations)) {
    const problem = qualifiedName(key.toLowerCase());
    if (problem)
      reportAt([...path, 'annotations', key], `the annotation key ${JSON.stringify(key)} ${problem}`, {
        code: 'I2K303',
        atKey: true,
      });
  }
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + utf8ByteLength(key) + utf8ByteLength(value),
    0,
  );
  if (size > MAX_ANNOTATION_BYTES)
    reportAt([...path, 'annotations'], `the annotations have ${size} bytes, more than ${MAX_ANNOTATION_BYTES}`, {
      code: 'I2K303',
    });
}

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];
const DNS_LABEL_KINDS: readonly Kind[] = ['StatefulSet', 'Namespace', 'Service'];

/**
 * Other metadata, written or read by a cluster: without meaning here, but Kubernetes would refuse invalid values. As
 * ValidateObjectMeta, ValidateFinalizerName and validateOwnerReference of apimachinery.
 */
export const metadata: Rule = {
  codes: ['I2K334'],
  check(manifests, report) {
    for (const manifest of manifests.objects) {
      const reportAt = reporterFor(manifest, 'I2K334', report);
      const { finalizers = [], generateName, generation = 0, ownerReferences = [] } = manifest.object.metadata;
      // A prefix may end with a hyphen, before the suffix.
      const prefix = generateName?.replace(/-$/, '');
      const problem = prefix && (DNS_LABEL_KINDS.includes(manifest.kind) ? dnsLabel : dnsSubdomain)(prefix);
      if (problem) reportAt(['metadata', 'generateName'], `the prefix ${JSON.stringify(generateName)} ${problem}`);
      if (generation < 0) reportAt(['metadata', 'generation'], 'the generation is negative');
      for (const [index, name] of finalizers.entries()) {
        const nameProblem = finalizerProblem(name);
        if (nameProblem)
          reportAt(['metadata', 'finalizers', index], `the finalizer ${JSON.stringify(name)} ${nameProblem}`);
      }
      for (const [index, owner] of ownerReferences.entries()) {
        for (const field of ['apiVersion', 'kind', 'name', 'uid'] as const) {
          if (!owner[field]) reportAt(['metadata', 'ownerReferences', index, field], `the owner has no ${field}`);
        }
      }
    }
    for (const manifest of manifests.of('Namespace')) {
      for (const [index, name] of (manifest.object.spec?.finalizers ?? []).entries()) {
        const nameProblem = finalizerProblem(name);
        if (nameProblem)
          reporterFor(
            manifest,
            'I2K334',
            report,
          )(['spec', 'finalizers', index], `the finalizer ${JSON.stringify(name)} ${nameProblem}`);
      }
    }
  },
};

function finalizerProblem(name: string): string | undefined {
  return (
    qualifiedName(name) ??
    (name.includes('/') || STANDARD_FINALIZERS.includes(name) ? undefined : 'has no prefix like example.com/')
  );
}
