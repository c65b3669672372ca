// Metadata of objects: names, duplicates, labels and the rest, as ValidateObjectMeta of apimachinery.

import { objectName, type Path } from '../../diagnostic.ts';
import type { ObjectMeta } from '../../generated/kubernetes.ts';
import type { Kind } from '../../kinds/kind.ts';
import { utf8ByteLength } from '../../kinds/shared/byteLength.ts';
import { isBarePod, podOf, templatePathOf } from '../../kinds/shared/pods.ts';
import { dns1035Label, dnsLabel, dnsSubdomain, labelValue, qualifiedName } from '../formats.ts';
import { duplicatesOf, type ReportAt, type Rule, reporterFor } from '../rule.ts';

// Names of objects and of their namespaces. As ValidateObjectMeta of apimachinery, with each kind's own form.

/** A Job of it gets eleven characters more. */
const cronJobName = (name: string) =>
  dnsSubdomain(name) ?? (name.length > 52 ? 'is longer than 52 characters' : undefined);

/** Its pods have it as the value of a label. */
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
  Service: dns1035Label,
  ServiceAccount: dnsSubdomain,
  StatefulSet: dnsLabel,
  StorageClass: dnsSubdomain,
};

export const names: Rule = {
  codes: ['I2K301'],
  check(all, report) {
    for (const manifest of all.objects) {
      const say = reporterFor(manifest, 'I2K301', report);
      const { name, namespace, generateName } = manifest.object.metadata;
      if (!name) {
        const hint = generateName ? 'generateName would give it another name in every deployment' : 'add metadata.name';
        say(['metadata', 'name'], 'the object has no name', { hint });
      } else {
        const problem = nameFormats[manifest.kind](name);
        if (problem) say(['metadata', 'name'], `the name ${JSON.stringify(name)} ${problem}`);
      }
      const problem = namespace && dnsLabel(namespace);
      if (problem) say(['metadata', 'namespace'], `the namespace ${JSON.stringify(namespace)} ${problem}`);
    }
  },
};

// Two objects of one kind with one name: Kubernetes would take the second for an update of the first.

export const duplicateObjects: Rule = {
  codes: ['I2K304'],
  check(all, report) {
    for (const { index, first, key } of duplicatesOf(all.objects, ({ ref }) => objectName(ref))) {
      const [manifest, other] = [all.objects[index], all.objects[first]];
      if (!manifest || !other) continue;
      const say = reporterFor(manifest, 'I2K304', report);
      say(['metadata', 'name'], `${key} is there twice`, {
        hint: 'remove or rename one of them',
        related: [{ message: 'the other one', object: other.ref, path: ['metadata', 'name'] }],
      });
    }
  },
};

// Keys and values of labels, and keys and size of annotations. As ValidateLabels and ValidateAnnotations of apimachinery.

/** TotalAnnotationSizeLimitB. */
const MAX_ANNOTATION_BYTES = 256 * 1024;

export const labels: Rule = {
  codes: ['I2K302', 'I2K303'],
  check(all, report) {
    for (const manifest of all.objects) {
      const say = reporterFor(manifest, 'I2K302', report);
      checkLabelsAndAnnotations(manifest.object.metadata, ['metadata'], say);
      const pod = podOf(manifest);
      if (pod && !isBarePod(pod))
        checkLabelsAndAnnotations(pod.template.metadata, [...templatePathOf(pod), 'metadata'], say);
    }
  },
};

function checkLabelsAndAnnotations({ labels = {}, annotations = {} }: ObjectMeta, path: Path, say: ReportAt): void {
  for (const [key, value] of Object.entries(labels)) {
    const at = [...path, 'labels', key];
    const wrongKey = qualifiedName(key);
    if (wrongKey) say(at, `the label key ${JSON.stringify(key)} ${wrongKey}`, { atKey: true });
    const wrongValue = labelValue(value);
    if (wrongValue) say(at, `the value ${JSON.stringify(value)} of the label ${key} ${wrongValue}`);
  }
  for (const key of Object.keys(annotations)) {
    const wrong = qualifiedName(key.toLowerCase());
    if (wrong)
      say([...path, 'annotations', key], `the annotation key ${JSON.stringify(key)} ${wrong}`, {
        code: 'I2K303',
        atKey: true,
      });
  }
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + utf8ByteLength(key) + utf8ByteLength(value),
    0,
  );
  if (size > MAX_ANNOTATION_BYTES)
    say([...path, 'annotations'], `the annotations are ${size} bytes, more than ${MAX_ANNOTATION_BYTES}`, {
      code: 'I2K303',
    });
}

// The rest of metadata, which a cluster writes or reads: without meaning here, but Kubernetes would refuse a wrong one.
// As ValidateObjectMeta, ValidateFinalizerName and validateOwnerReference of apimachinery.

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];
const DNS_LABEL_KINDS: readonly Kind[] = ['StatefulSet', 'Namespace', 'Service'];

export const metadata: Rule = {
  codes: ['I2K334'],
  check(all, report) {
    for (const manifest of all.objects) {
      const say = reporterFor(manifest, 'I2K334', report);
      const { finalizers = [], generateName, generation = 0, ownerReferences = [] } = manifest.object.metadata;
      // A prefix may end with a hyphen, which the suffix then follows.
      const prefix = generateName?.replace(/-$/, '');
      const problem = prefix && (DNS_LABEL_KINDS.includes(manifest.kind) ? dnsLabel : dnsSubdomain)(prefix);
      if (problem) say(['metadata', 'generateName'], `the prefix ${JSON.stringify(generateName)} ${problem}`);
      if (generation < 0) say(['metadata', 'generation'], 'the generation is negative');
      for (const [index, name] of finalizers.entries()) {
        const wrong = finalizerProblem(name);
        if (wrong) say(['metadata', 'finalizers', index], `the finalizer ${JSON.stringify(name)} ${wrong}`);
      }
      for (const [index, owner] of ownerReferences.entries()) {
        for (const field of ['apiVersion', 'kind', 'name', 'uid'] as const) {
          if (!owner[field]) say(['metadata', 'ownerReferences', index, field], `the owner has no ${field}`);
        }
      }
    }
    for (const manifest of all.of('Namespace')) {
      for (const [index, name] of (manifest.object.spec?.finalizers ?? []).entries()) {
        const wrong = finalizerProblem(name);
        if (wrong)
          reporterFor(
            manifest,
            'I2K334',
            report,
          )(['spec', 'finalizers', index], `the finalizer ${JSON.stringify(name)} ${wrong}`);
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
