// PersistentVolumeClaim -> volume, of the one group that mounts it, in a zone that it never leaves.
import { objectName, type Report } from '../diagnostic.ts';
import { foundFor } from '../existing.ts';
import { type PodOf, podsOf } from '../kinds/shared/pods.ts';
import { units } from '../kinds/shared/quantity.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import type { Volume } from '../plan.ts';

const GiB = 1024 ** 3;

export interface Disks {
  readonly volumes: readonly Volume[];
  /** Zones for the lock. */
  readonly zones: Readonly<Record<string, string>>;
}

export function volumes(all: Manifests, options: CompileOptions, report: Report): Disks {
  const zones: Record<string, string> = {};
  const found = all.of('PersistentVolumeClaim').flatMap((claim): readonly Volume[] => {
    const user = userOf(claim, all);
    if (user === undefined) return [];
    const key = objectName(claim.ref);
    const zone = options.lock?.zones?.[key] ?? said(user) ?? firstOf(options);
    if (zone === undefined) {
      report({
        code: 'I2K704',
        message: `${key} becomes a disk, and a disk is in one availability zone: which?`,
        object: claim.ref,
        path: ['metadata', 'name'],
        hint: 'name the region (`--region eu-west-1`, or `region:` in i2kit.yaml), or give the pod a nodeSelector `topology.kubernetes.io/zone`',
      });
      return [];
    }
    zones[key] = zone;
    return [volume(claim, user, key, zone)];
  });
  return { volumes: found, zones };
}

function volume(claim: Manifest<'PersistentVolumeClaim'>, user: PodOf, key: string, zone: string): Volume {
  const { ref, object } = claim;
  return {
    origin: { object: ref, path: [] },
    key,
    claim: { namespace: ref.namespace, name: ref.name },
    sizeGiB: Math.max(1, Math.ceil((units(object.spec.resources?.requests?.['storage'] ?? '0') ?? 0) / GiB)),
    zone,
    group: user.key,
    // Kubernetes' dynamic volumes are deleted with their claim; here a snapshot stays behind.
    reclaim: 'Delete',
  };
}

/** The workload that mounts the claim; the rules see to it that there is one at the most. */
const userOf = ({ ref }: Manifest<'PersistentVolumeClaim'>, all: Manifests) =>
  podsOf(all).find(
    ({ namespace, spec }) =>
      namespace === ref.namespace && (spec.volumes ?? []).some((volume) => volume.persistentVolumeClaim?.claimName === ref.name),
  );

const said = ({ spec }: PodOf) => spec.nodeSelector?.['topology.kubernetes.io/zone'];

/** Of the subnets that the user has named, else of the region. */
function firstOf({ config = {}, env, context }: CompileOptions): string | undefined {
  const subnets = foundFor(config, env, context)?.subnets?.[config.network?.egress === 'none' ? 'public' : 'private'];
  return Object.keys(subnets ?? {}).sort()[0] ?? (config.region === undefined ? undefined : `${config.region}a`);
}
