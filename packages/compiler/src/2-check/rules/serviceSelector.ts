// What a Service leads to: it has a selector, and the selector some workload of the input.
import { serviceTargetKinds } from '../../annotations/annotationSpec.ts';
import { externalLoadBalancersOf } from '../../externalServices.ts';
import type { Service } from '../../generated/kubernetes.ts';
import type { WorkloadPod } from '../../kinds/shared/pods.ts';
import { hasSelector, isExternalName, isHeadless, podsSelectedBy } from '../../kinds/shared/services.ts';
import { labelValue, qualifiedName } from '../formats.ts';
import { objectRule, type ReportAt } from '../rule.ts';

export const serviceSelector = objectRule(
  'Service',
  ['I2K530', 'I2K437', 'I2K536', 'I2K538', 'I2K314'],
  (service, say, manifest, all, options) => {
    const path = ['spec', 'selector'];
    for (const [key, value] of Object.entries(service.spec.selector ?? {})) {
      const problem = qualifiedName(key) ?? labelValue(value);
      if (problem)
        say([...path, key], `the label ${JSON.stringify(key)}: ${JSON.stringify(value)} ${problem}`, {
          code: 'I2K314',
        });
    }
    if (isExternalName(service)) return;
    if (!hasSelector(service)) {
      say(path, 'the Service has no selector, so nothing says which machines it leads to', { code: 'I2K437' });
      return;
    }
    const pods = podsSelectedBy(manifest, all);
    const labels = Object.entries(service.spec.selector ?? {}).map((pair) => pair.join('='));
    // A workload that could not be read may be the one.
    const found =
      options !== undefined && !isHeadless(service) && externalLoadBalancersOf(options, manifest.ref).length > 0;
    if (pods.length === 0 && !found && !serviceTargetKinds.some((kind) => all.wasRefused(kind, manifest.ref.namespace)))
      say(path, `no workload of the namespace ${manifest.ref.namespace} has the labels ${labels.join(', ')}`);
    if (isHeadless(service)) checkHeadless(service, pods, say);
  },
);

function checkHeadless({ spec }: Service, pods: readonly WorkloadPod[], say: ReportAt): void {
  const set = pods.find(({ manifest }) => manifest.kind === 'StatefulSet');
  const other = pods.find(({ manifest }) => manifest.kind !== 'StatefulSet');
  if (set !== undefined && other === undefined && spec.publishNotReadyAddresses !== true) {
    say(['spec', 'clusterIP'], `the name answers with the addresses of ${set.key} that are not ready, too`, {
      code: 'I2K536',
    });
  }
  const index = (spec.ports ?? []).findIndex(({ name }) => name);
  if (other !== undefined && index >= 0) {
    say(
      ['spec', 'ports', index, 'name'],
      `the machines of ${other.key} have no names that an SRV record could lead to`,
      {
        code: 'I2K538',
      },
    );
  }
}
