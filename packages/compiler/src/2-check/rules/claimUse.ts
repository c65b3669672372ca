// Who mounts a claim: it is there, one workload has it, one machine of it, and as what it is.

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
export const claimUse = podRule(['I2K447', 'I2K452', 'I2K511', 'I2K310', 'I2K332'], (pod, say, all) => {
  for (const use of claimUsesOf(pod)) {
    if (!use.claim) say(use.path, 'the volume does not say which claim it means', { code: 'I2K332' });
    else checkClaimExists(use, say, all);
    if (pod.replicas > 1)
      say(
        use.path,
        `${pod.key} has ${pod.replicas} replicas, and the claim ${use.claim} can be attached to one machine`,
      );
    const others = podsOf(all).filter((other) => other.namespace === pod.namespace && other.key < pod.key);
    const other = others.flatMap(claimUsesOf).find(({ claim }) => claim === use.claim);
    if (other) {
      say(use.path, `the claim ${use.claim} is used by ${other.pod.key}, too`, {
        related: [{ message: 'the other use', object: other.pod.manifest.ref, path: other.path }],
      });
    }
  }
  const [first] = claimUsesOf(pod);
  const { kind, namespace, name } = pod.manifest.ref;
  const deployment = kind === 'Deployment' ? all.get('Deployment', namespace, name) : undefined;
  if (first && deployment?.object.spec.strategy.type === 'RollingUpdate') {
    say(
      ['spec', 'strategy'],
      `the claim ${first.claim} is attached to one machine at a time, so the old machine ends before the new one starts`,
      {
        code: 'I2K511',
      },
    );
  }
});

function checkClaimExists({ pod, claim, volume, path }: ClaimUse, say: ReportAt, all: Manifests): void {
  const found = all.get('PersistentVolumeClaim', pod.namespace, claim);
  if (!found) {
    if (!all.wasRefused('PersistentVolumeClaim', pod.namespace, claim))
      say(path, `there is no PersistentVolumeClaim ${claim} in the namespace ${pod.namespace}`, { code: 'I2K452' });
    return;
  }
  const block = found.object.spec.volumeMode === 'Block';
  for (const field of ['initContainers', 'containers'] as const) {
    for (const [index, { volumeMounts = [], volumeDevices = [] }] of (pod.spec[field] ?? []).entries()) {
      const at = [...pod.path, field, index];
      const wrong = (block ? volumeMounts : volumeDevices).findIndex(({ name }) => name === volume);
      if (wrong < 0) continue;
      if (block)
        say([...at, 'volumeMounts', wrong], `the claim ${claim} is a block device and cannot be mounted`, {
          code: 'I2K310',
          hint: 'use volumeDevices',
        });
      else
        say([...at, 'volumeDevices', wrong], `the claim ${claim} is a file system and no device`, {
          code: 'I2K310',
          hint: 'use volumeMounts',
        });
    }
  }
}

/** From the claim's side: a disk is made in the zone of the machine that attaches it. */
export const unusedClaims: Rule = {
  codes: ['I2K515'],
  check(all, report) {
    const used = new Set(
      podsOf(all).flatMap((pod) => claimUsesOf(pod).map(({ claim }) => `${pod.namespace}/${claim}`)),
    );
    // `data-db-0` is what a pod of the StatefulSet would make, and takes where it is there.
    const isOwn = (namespace: string, name: string) =>
      podsOf(all).some(
        (pod) =>
          pod.namespace === namespace &&
          pod.claimTemplateNames.some((own) => name.startsWith(`${own}-${pod.manifest.ref.name}-`)),
      );
    for (const manifest of all.of('PersistentVolumeClaim')) {
      const { namespace, name } = manifest.ref;
      if (!used.has(`${namespace}/${name}`) && !isOwn(namespace, name))
        reporterFor(manifest, 'I2K515', report)(['metadata', 'name'], `no workload mounts the claim ${name}`);
    }
  },
};
