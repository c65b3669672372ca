// The selector of a Service: present, and matching a workload of the input.
import { serviceTargetKinds } from '../../annotations/annotationSpec.ts';
import { externalLoadBalancersOf } from '../../externalServices.ts';
import type { Service } from '../../generated/kubernetes.ts';
import { hasLabels } from '../../kinds/shared/labelSelector.ts';
import { podsOf, type WorkloadPod } from '../../kinds/shared/pods.ts';
import { hasSelector, isExternalName, isHeadless, podsSelectedBy } from '../../kinds/shared/services.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import { labelValue, qualifiedName } from '../formats.ts';
import { objectRule, type ReportAt } from '../rule.ts';

export const serviceSelector = objectRule(
  'Service',
  ['I2K530', 'I2K437', 'I2K536', 'I2K538', 'I2K314'],
  (service, reportAt, manifest, manifests, options) => {
    const path = ['spec', 'selector'];
    for (const [key, value] of Object.entries(service.spec.selector ?? {})) {
      const problem = qualifiedName(key) ?? labelValue(value);
      if (problem)
        reportAt([...path, key], `the label ${JSON.stringify(key)}: ${JSON.stringify(value)} ${problem}`, {
          code: 'I2K314',
        });
    }
    if (isExternalName(service)) return;
    if (!hasSelector(service)) {
      reportAt(path, 'the Service has no selector, so its machines are not known', { code: 'I2K437' });
      return;
    }
    const pods = podsSelectedBy(manifest, manifests);
    const labels = Object.entries(service.spec.selector ?? {}).map((pair) => pair.join('='));
    // The selected workload may be one that could not be read.
    const found =
      options !== undefined && !isHeadless(service) && externalLoadBalancersOf(options, manifest.ref).length > 0;
    if (
      pods.length === 0 &&
      !found &&
      !serviceTargetKinds.some((kind) => manifests.wasRefused(kind, manifest.ref.namespace))
    )
      reportMissingWorkload(manifest, labels.join(', '), manifests, (message, hint) =>
        reportAt(path, message, hint === undefined ? {} : { hint }),
      );
    if (isHeadless(service)) checkHeadless(service, pods, reportAt);
  },
);

/** A pod that ends serves nothing, so no Service leads to it. */
function reportMissingWorkload(
  { ref, object }: Manifest<'Service'>,
  labels: string,
  manifests: Manifests,
  report: (message: string, hint?: string) => void,
): void {
  const ending = podsOf(manifests).find(
    (pod) =>
      pod.runsToCompletion && pod.namespace === ref.namespace && hasLabels(pod.labels, object.spec.selector ?? {}),
  );
  if (ending === undefined) report(`no workload of the namespace ${ref.namespace} has the labels ${labels}`);
  else
    report(
      `${ending.key} has the labels ${labels}, but runs to completion: the Service leads to no machine`,
      ending.manifest.kind === 'Pod'
        ? 'A pod that serves has restartPolicy Always.'
        : 'Select a workload that goes on running.',
    );
}

function checkHeadless({ spec }: Service, pods: readonly WorkloadPod[], reportAt: ReportAt): void {
  const set = pods.find(({ manifest }) => manifest.kind === 'StatefulSet');
  const other = pods.find(({ manifest }) => manifest.kind !== 'StatefulSet');
  if (set !== undefined && other === undefined && spec.publishNotReadyAddresses !== true) {
    reportAt(['spec', 'clusterIP'], `the name also resolves to addresses of ${set.key} that are not ready`, {
      code: 'I2K536',
    });
  }
  const index = (spec.ports ?? []).findIndex(({ name }) => name);
  if (other !== undefined && index >= 0) {
    reportAt(['spec', 'ports', index, 'name'], `the machines of ${other.key} have no names for SRV records`, {
      code: 'I2K538',
    });
  }
}
