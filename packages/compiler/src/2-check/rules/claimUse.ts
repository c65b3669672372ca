// How claims are mounted: each exists, by one machine of one workload, and with the right volume mode.

import { podsOf, type WorkloadPod } from '../../kinds/shared/pods.ts';
import type { Manifests } from '../../manifest.ts';
import { podRule, type ReportAt, type Rule, reporterFor } from '../rule.ts';

interface ClaimUse {
  readonly pod: WorkloadPod;
  readonly volume: string;
  readonly claim: string;
  readonly path: readonly (string | number)[];
}

const claimUsesOf = (pod: WorkloadPod): readonly ClaimUse[] =>
  (pod.spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim: source }, index) =>
    source && !pod.claimTemplateNames.includes(name)
      ? [
          {
            pod,
            volume: name,
            claim: source.claimName,
            path: [...pod.path, 'volumes', index, 'persistentVolumeClaim', 'claimName'],
          },
        ]
      : [],
  );

/** From the pod's side. */
export const claimUse = podRule(['I2K447', 'I2K452', 'I2K511', 'I2K310', 'I2K332'], (pod, reportAt, manifests) => {
  for (const use of claimUsesOf(pod)) {
    if (!use.claim) reportAt(use.path, 'the volume names no claim', { code: 'I2K332' });
    else checkClaimExists(use, reportAt, manifests);
    if (pod.replicas > 1)
      reportAt(
        use.path,
        `${pod.key} has ${pod.replicas} replicas, but the claim ${use.claim} can be attached to one machine only`,
      );
    const others = podsOf(manifests).filter((other) => other.namespace === pod.namespace && other.key < pod.key);
    const other = others.flatMap(claimUsesOf).find(({ claim }) => claim === use.claim);
    if (other) {
      reportAt(use.path, `the claim ${use.claim} is also used by ${other.pod.key}`, {
        related: [{ message: 'the other use', object: other.pod.manifest.ref, path: other.path }],
      });
    }
  }
  const [first] = claimUsesOf(pod);
  const { kind, namespace, name } = pod.manifest.ref;
  const deployment = kind === 'Deployment' ? manifests.get('Deployment', namespace, name) : undefined;
  if (first && deployment?.object.spec.strategy.type === 'RollingUpdate') {
    reportAt(
      ['spec', 'strategy'],
      `the claim ${first.claim} can be attached to one machine at a time, so the old machine ends before the new one starts`,
      {
        code: 'I2K511',
      },
    );
  }
});

function checkClaimExists({ pod, claim, volume, path }: ClaimUse, reportAt: ReportAt, manifests: Manifests): void {
  const found = manifests.get('PersistentVolumeClaim', pod.namespace, claim);
  if (!found) {
    if (!manifests.wasRefused('PersistentVolumeClaim', pod.namespace, claim))
      reportAt(path, `there is no PersistentVolumeClaim ${claim} in the namespace ${pod.namespace}`, {
        code: 'I2K452',
      });
    return;
  }
  const block = found.object.spec.volumeMode === 'Block';
  for (const field of ['initContainers', 'containers'] as const) {
    for (const [index, { volumeMounts = [], volumeDevices = [] }] of (pod.spec[field] ?? []).entries()) {
      const fieldPath = [...pod.path, field, index];
      const wrongIndex = (block ? volumeMounts : volumeDevices).findIndex(({ name }) => name === volume);
      if (wrongIndex < 0) continue;
      if (block)
        reportAt(
          [...fieldPath, 'volumeMounts', wrongIndex],
          `the claim ${claim} is a block device and cannot be mounted`,
          {
            code: 'I2K310',
            hint: 'Use volumeDevices.',
          },
        );
      else
        reportAt(
          [...fieldPath, 'volumeDevices', wrongIndex],
          `the claim ${claim} is a file system, not a block device`,
          {
            code: 'I2K310',
            hint: 'Use volumeMounts.',
          },
        );
    }
  }
}

/** From the claim's side: an EBS volume is created in the zone of the machine that attaches it. */
export const unusedClaims: Rule = {
  codes: ['I2K515'],
  check(manifests, report) {
    const used = new Set(
      podsOf(manifests).flatMap((pod) => claimUsesOf(pod).map(({ claim }) => `${pod.namespace}/${claim}`)),
    );
    // A pod of the StatefulSet would create the claim `data-db-0`, and uses an existing one.
    const isOwn = (namespace: string, name: string) =>
      podsOf(manifests).some(
        (pod) =>
          pod.namespace === namespace &&
          pod.claimTemplateNames.some((template) => name.startsWith(`${template}-${pod.manifest.ref.name}-`)),
      );
    for (const manifest of manifests.of('PersistentVolumeClaim')) {
      const { namespace, name } = manifest.ref;
      if (!used.has(`${namespace}/${name}`) && !isOwn(namespace, name))
        reporterFor(manifest, 'I2K515', report)(['metadata', 'name'], `no workload mounts the claim ${name}`);
    }
  },
};
