// The availability zone of a machine with a volume or an address of its own: that of its volumes, else spread over
// the allowed zones.
import { objectName, type Report } from '../diagnostic.ts';
import { existingResourcesOf } from '../existingResources.ts';
import type { PodSpec } from '../generated/kubernetes.ts';
import { allowedZones } from '../kinds/shared/ebsVolumes.ts';
import { selectedValues } from '../kinds/shared/nodeSelection.ts';
import type { WorkloadPod } from '../kinds/shared/pods.ts';
import { storageClassOf } from '../kinds/shared/volumeClaims.ts';
import type { Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import type { MachineGroupKey } from './machineGroupKeys.ts';
import type { MountedClaim } from './mountedClaims.ts';
import { lockedVolumes } from './mountedClaims.ts';

interface ZonedMachine {
  readonly pod: WorkloadPod;
  readonly machine: MachineGroupKey;
  /** Position among the workload's machines, from 0. */
  readonly position: number;
  readonly claims: readonly MountedClaim[];
}

export function availabilityZoneOf(
  { pod, machine, position, claims }: ZonedMachine,
  manifests: Manifests,
  options: CompileOptions,
  report: Report,
): string | undefined {
  const { possible, named } = possibleZones(pod.spec, claims, manifests, options);
  const locked = claims.flatMap(({ ref }) => {
    const zone = lockedVolumes(options)[objectName(ref)]?.zone;
    return zone === undefined ? [] : [{ ref, zone }];
  });
  const [first] = locked;
  const object = claims[0]?.ref ?? pod.manifest.ref;
  const moved = locked.find(({ zone }) => zone !== first?.zone || (named && !possible.includes(zone)));
  if (first !== undefined && moved !== undefined) {
    const where = named
      ? `, and ${pod.key} may only be in ${possible.join(', ') || 'none'}`
      : `, and ${objectName(first.ref)} in ${first.zone}`;
    report({
      code: 'I2K652',
      message: `${objectName(moved.ref)} is a volume in ${moved.zone}${where}`,
      object,
      path: [],
    });
    return undefined;
  }
  if (first !== undefined) return first.zone;
  const zone = possible[position % possible.length];
  if (zone !== undefined) return zone;
  if (named) {
    report({
      code: 'I2K654',
      message: `the pod of ${pod.key} and the storage classes of its claims have no zone in common`,
      object,
      path: [],
    });
    return undefined;
  }
  const what =
    claims[0] === undefined
      ? `${machine.key} has an address of its own`
      : `${objectName(claims[0].ref)} becomes an EBS volume`;
  report({
    code: 'I2K704',
    message: `${what} and needs an availability zone, but the region is unknown`,
    object,
    path: ['metadata', 'name'],
    hint: 'Set the region (`--region eu-west-1`, or `region:` in i2kit.yaml), or give the pod a nodeSelector `topology.kubernetes.io/zone`.',
  });
  return undefined;
}

/** Default of `network.zones` in i2kit.yaml. */
const defaultZoneCount = 2;

/**
 * Zones of a region are `<region>a`, `<region>b` and so on; the exceptions are here.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const zoneLetters: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'acd',
  'ca-central-1': 'abd',
  'us-west-1': 'ac',
};

/**
 * Possible zones in order, and whether the pod or a storage class names them. Default: zones of the user's subnets,
 * else of the region; empty if the region is unknown.
 */
function possibleZones(
  spec: PodSpec,
  claims: readonly MountedClaim[],
  manifests: Manifests,
  { config = {}, env, context }: CompileOptions,
) {
  const said = [
    selectedValues(spec, 'topology.kubernetes.io/zone'),
    ...claims.map(({ claim }) => allowedZones(storageClassOf(claim, manifests)?.object)),
  ];
  const [first, ...others] = said.filter((zones) => zones !== undefined);
  if (first !== undefined) {
    return { named: true, possible: first.filter((zone) => others.every((zones) => zones.includes(zone))).sort() };
  }
  const subnets = existingResourcesOf(config, env, context)?.subnets?.[
    config.network?.egress === 'none' ? 'public' : 'private'
  ];
  if (subnets !== undefined) return { named: false, possible: Object.keys(subnets).sort() };
  const { region } = config;
  const count = config.network?.zones ?? defaultZoneCount;
  const possible =
    region === undefined
      ? []
      : [...(zoneLetters[region] ?? 'abcdef')].slice(0, count).map((letter) => `${region}${letter}`);
  return { named: false, possible };
}
