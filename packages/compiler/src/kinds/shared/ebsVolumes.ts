// Which EBS volume a claim becomes: what its class says, and what EBS does not make.
// Sources: docs/parameters.md of kubernetes-sigs/aws-ebs-csi-driver; https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
import type { Path } from '../../diagnostic.ts';
import type { StorageClass } from '../../generated/kubernetes.ts';
import type { Manifests } from '../../manifest.ts';
import type { VolumeSpec, VolumeType } from '../../plan.ts';
import { unitsRoundedUp } from './quantity.ts';
import { snapshotIdOf, storageClassNameOf, storageClassOf, type VolumeClaim } from './volumeClaims.ts';

/** Whose volumes are EBS volumes: the driver, the one that EKS runs itself, and what Kubernetes had before there were drivers. */
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

/** A problem of the disk, at a place below the claim. */
export interface VolumeProblem {
  readonly path: Path;
  readonly message: string;
}

/** The class's parameters by their names in small letters: the driver does not tell letters apart. */
export function classParameters(storageClass: StorageClass | undefined): ReadonlyMap<string, string> {
  if (storageClass === undefined || !isEbsClass(storageClass)) return new Map();
  return new Map(Object.entries(storageClass.parameters ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
}

const BYTES_PER_GIB = 1024 ** 3;
/** EBS types that need to be told how many operations a second they make. */
const PROVISIONED_IOPS_TYPES: readonly VolumeType[] = ['io1', 'io2'];

/** What the claim asks for; where EBS does not make that, the nearest that can be told, and `problemsOf` says why. */
export function ebsVolumeOf(claim: VolumeClaim, all: Manifests): VolumeSpec {
  const parameters = classParameters(storageClassOf(claim, all)?.object);
  const named = parameters.get('type') ?? storageClassNameOf(claim) ?? '';
  const type =
    isEbsVolumeType(named) && !(PROVISIONED_IOPS_TYPES.includes(named) && !parameters.has('type')) ? named : 'gp3';
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

/** `iopsPerGB` is bounded by what the type has, as the driver does it. */
function iopsOf(type: VolumeType, sizeGiB: number, parameters: ReadonlyMap<string, string>): number | undefined {
  const said = wholeNumber(parameters.get('iops'));
  const perGiB = wholeNumber(parameters.get('iopspergb'));
  if (said !== undefined || perGiB === undefined) return said;
  const [least, most] = ebsLimits[type].iops ?? [0, 0];
  const asked = Math.min(perGiB * sizeGiB, most);
  return asked < least && parameters.get('allowautoiopspergbincrease')?.toLowerCase() === 'true' ? least : asked;
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;

/** What EBS would say. */
export function ebsVolumeProblems({ type, sizeGiB, iops, throughput }: VolumeSpec): readonly VolumeProblem[] {
  const found: VolumeProblem[] = [];
  const size = ['spec', 'resources', 'requests', 'storage'];
  const say = (path: Path, message: string) => found.push({ path, message });
  const limit = ebsLimits[type];
  const within = (what: string, value: number, [least, most]: readonly [number, number], unit: string, path: Path) => {
    if (value < least || value > most) say(path, `${what} of ${type} is ${least} to ${most}${unit}, not ${value}`);
  };
  within('the size', sizeGiB, limit.sizeGiB, ' GiB', size);
  if (iops !== undefined) {
    if (limit.iops === undefined) say(['spec', 'storageClassName'], `${type} takes no number of operations`);
    else {
      within('iops', iops, limit.iops, '', ['spec', 'storageClassName']);
      const most = Math.max(limit.iops[0], sizeGiB * (limit.iopsPerGiB ?? 0));
      if (iops > most && iops <= limit.iops[1])
        say(size, `${type} makes ${limit.iopsPerGiB} iops for each GiB: ${most} of ${sizeGiB} GiB, not ${iops}`);
    }
  } else if (PROVISIONED_IOPS_TYPES.includes(type)) {
    say(
      ['spec', 'storageClassName'],
      `${type} has to be told how many operations a second it makes: its class has neither iops nor iopsPerGB`,
    );
  }
  if (throughput !== undefined) {
    if (limit.throughput === undefined) say(['spec', 'storageClassName'], `${type} takes no throughput`);
    else {
      within('the throughput', throughput, limit.throughput, ' MiB/s', ['spec', 'storageClassName']);
      // A quarter of a MiB/s for each operation.
      const most = Math.max(limit.throughput[0], (iops ?? 3000) / 4);
      if (throughput > most && throughput <= limit.throughput[1])
        say(['spec', 'storageClassName'], `${iops ?? 3000} iops make ${most} MiB/s at most, not ${throughput}`);
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

/** The zones that the class allows, sorted; undefined where it allows all. */
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

/** The file system that the disk gets; what else there is, a rule refuses. */
export const usesXfs = (storageClass: StorageClass | undefined): boolean => {
  const parameters = classParameters(storageClass);
  return (parameters.get('csi.storage.k8s.io/fstype') ?? parameters.get('fstype') ?? '').toLowerCase() === 'xfs';
};
