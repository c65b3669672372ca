// The EBS volume of a claim: its class's parameters, and the limits of EBS. Sources: docs/parameters.md of
// kubernetes-sigs/aws-ebs-csi-driver; https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
import type { Path } from '../../diagnostic.ts';
import type { StorageClass } from '../../generated/kubernetes.ts';
import type { Manifests } from '../../manifest.ts';
import type { VolumeSpec, VolumeType } from '../../plan.ts';
import { unitsRoundedUp } from './quantity.ts';
import { snapshotIdOf, storageClassNameOf, storageClassOf, type VolumeClaim } from './volumeClaims.ts';

/**
 * Provisioners of EBS volumes: the driver, the one that EKS runs itself, and the one built into Kubernetes before
 * there were drivers.
 */
const EBS_PROVISIONERS = ['ebs.csi.aws.com', 'ebs.csi.eks.amazonaws.com', 'kubernetes.io/aws-ebs'];

export const isEbsClass = ({ provisioner }: StorageClass): boolean => EBS_PROVISIONERS.includes(provisioner);

interface EbsLimits {
  readonly sizeGiB: readonly [least: number, most: number];
  readonly iops?: readonly [least: number, most: number];
  readonly iopsPerGiB?: number;
  /** MiB/s. */
  readonly throughput?: readonly [least: number, most: number];
}

export const ebsLimits: Readonly<Record<VolumeType, EbsLimits>> = {
  gp2: { sizeGiB: [1, 16_384] },
  gp3: { sizeGiB: [1, 65_536], iops: [3000, 80_000], iopsPerGiB: 500, throughput: [125, 2000] },
  io1: { sizeGiB: [4, 16_384], iops: [100, 64_000], iopsPerGiB: 50 },
  io2: { sizeGiB: [4, 65_536], iops: [100, 256_000], iopsPerGiB: 1000 },
  st1: { sizeGiB: [125, 16_384] },
  sc1: { sizeGiB: [125, 16_384] },
};

export const isEbsVolumeType = (name: string): name is VolumeType => Object.hasOwn(ebsLimits, name);

/** A problem of the volume, with a path below the claim. */
export interface VolumeProblem {
  readonly path: Path;
  readonly message: string;
}

/** The class's parameters by their names in lower case: the driver ignores case. */
export function classParameters(storageClass: StorageClass | undefined): ReadonlyMap<string, string> {
  if (storageClass === undefined || !isEbsClass(storageClass)) return new Map();
  return new Map(Object.entries(storageClass.parameters ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
}

const BYTES_PER_GIB = 1024 ** 3;
/** EBS types that require a number of IOPS. */
const PROVISIONED_IOPS_TYPES: readonly VolumeType[] = ['io1', 'io2'];

/** The requested volume; if EBS does not support it, the nearest one, and `ebsVolumeProblems` reports why. */
export function ebsVolumeOf(claim: VolumeClaim, manifests: Manifests): VolumeSpec {
  const parameters = classParameters(storageClassOf(claim, manifests)?.object);
  const typeName = parameters.get('type') ?? storageClassNameOf(claim) ?? '';
  const type =
    isEbsVolumeType(typeName) && !(PROVISIONED_IOPS_TYPES.includes(typeName) && !parameters.has('type'))
      ? typeName
      : 'gp3';
  const sizeGiB = Math.max(
    1,
    Math.ceil((unitsRoundedUp(claim.spec.resources.requests?.['storage'] ?? '0') ?? 0) / BYTES_PER_GIB),
  );
  const iops = iopsOf(type, sizeGiB, parameters);
  const throughput = wholeNumber(parameters.get('throughput'));
  const kmsKeyId = parameters.get('kmskeyid');
  const snapshot = snapshotIdOf(claim);
  return {
    type,
    sizeGiB,
    ...(iops === undefined ? {} : { iops }),
    ...(throughput === undefined ? {} : { throughput }),
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
    ...(snapshot === undefined ? {} : { snapshot }),
  };
}

/** `iopsPerGB` is limited to the type's maximum, as in the driver. */
function iopsOf(type: VolumeType, sizeGiB: number, parameters: ReadonlyMap<string, string>): number | undefined {
  const iops = wholeNumber(parameters.get('iops'));
  const perGiB = wholeNumber(parameters.get('iopspergb'));
  if (iops !== undefined || perGiB === undefined) return iops;
  const [least, most] = ebsLimits[type].iops ?? [0, 0];
  const asked = Math.min(perGiB * sizeGiB, most);
  return asked < least && parameters.get('allowautoiopspergbincrease')?.toLowerCase() === 'true' ? least : asked;
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;

/** The problems that EBS would report. */
export function ebsVolumeProblems({ type, sizeGiB, iops, throughput }: VolumeSpec): readonly VolumeProblem[] {
  const found: VolumeProblem[] = [];
  const size = ['spec', 'resources', 'requests', 'storage'];
  const reportAt = (path: Path, message: string) => found.push({ path, message });
  const limit = ebsLimits[type];
  const within = (
    quantity: string,
    value: number,
    [least, most]: readonly [number, number],
    unit: string,
    path: Path,
  ) => {
    if (value < least || value > most)
      reportAt(path, `${quantity} of ${type} is ${least} to ${most}${unit}, not ${value}`);
  };
  within('the size', sizeGiB, limit.sizeGiB, ' GiB', size);
  if (iops !== undefined) {
    if (limit.iops === undefined) reportAt(['spec', 'storageClassName'], `${type} does not support iops`);
    else {
      within('iops', iops, limit.iops, '', ['spec', 'storageClassName']);
      const most = Math.max(limit.iops[0], sizeGiB * (limit.iopsPerGiB ?? 0));
      if (iops > most && iops <= limit.iops[1])
        reportAt(
          size,
          `${type} supports ${limit.iopsPerGiB} iops for each GiB: at most ${most} for ${sizeGiB} GiB, not ${iops}`,
        );
    }
  } else if (PROVISIONED_IOPS_TYPES.includes(type)) {
    reportAt(
      ['spec', 'storageClassName'],
      `${type} requires a number of iops, but its class has neither iops nor iopsPerGB`,
    );
  }
  if (throughput !== undefined) {
    if (limit.throughput === undefined) reportAt(['spec', 'storageClassName'], `${type} does not support a throughput`);
    else {
      within('the throughput', throughput, limit.throughput, ' MiB/s', ['spec', 'storageClassName']);
      // A quarter of a MiB/s for each operation.
      const most = Math.max(limit.throughput[0], (iops ?? 3000) / 4);
      if (throughput > most && throughput <= limit.throughput[1])
        reportAt(['spec', 'storageClassName'], `${iops ?? 3000} iops allow at most ${most} MiB/s, not ${throughput}`);
    }
  }
  return found;
}

const ZONE_LABELS = [
  'topology.kubernetes.io/zone',
  'topology.ebs.csi.aws.com/zone',
  'failure-domain.beta.kubernetes.io/zone',
];

export const isZoneLabel = (key: string): boolean => ZONE_LABELS.includes(key);

/** The zones that the class allows, sorted; undefined if it allows all. */
export function allowedZones(storageClass: StorageClass | undefined): readonly string[] | undefined {
  if (storageClass === undefined || !isEbsClass(storageClass)) return undefined;
  const allowed = (storageClass.allowedTopologies ?? []).flatMap(({ matchLabelExpressions = [] }) =>
    matchLabelExpressions.flatMap(({ key, values }) => (isZoneLabel(key) ? values : [])),
  );
  const parameters = classParameters(storageClass);
  const older = [parameters.get('zone') ?? '', ...(parameters.get('zones') ?? '').split(',')].map((zone) =>
    zone.trim(),
  );
  const zones = [...new Set([...allowed, ...older.filter((zone) => zone !== '')])].sort();
  return zones.length === 0 ? undefined : zones;
}

/** The file system of the volume; a rule refuses all others. */
export const usesXfs = (storageClass: StorageClass | undefined): boolean => {
  const parameters = classParameters(storageClass);
  return (parameters.get('csi.storage.k8s.io/fstype') ?? parameters.get('fstype') ?? '').toLowerCase() === 'xfs';
};
