// In which availability zone a machine with a disk or an address of its own stands: where its disks are, else spread over those it may be in.
import { objectName, type Report } from '../diagnostic.ts';
import { existingResourcesOf } from '../existingResources.ts';
import type { PodSpec } from '../generated/kubernetes.ts';
import { allowedZones } from '../kinds/shared/ebsVolumes.ts';
import type { WorkloadPod } from '../kinds/shared/pods.ts';
import { storageClassOf } from '../kinds/shared/volumeClaims.ts';
import type { Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import type { MachineGroupKey } from './machineGroupKeys.ts';
import { selectedValues } from './machineRequirements.ts';
import type { MountedClaim } from './mountedClaims.ts';
import { lockedVolumes } from './mountedClaims.ts';

interface ZonedMachine {
  readonly pod: WorkloadPod;
  readonly machine: MachineGroupKey;
  /** Among the machines of its workload, from 0. */
  readonly position: number;
  readonly wanted: readonly MountedClaim[];
}

export function availabilityZoneOf(
  { pod, machine, position, wanted }: ZonedMachine,
  all: Manifests,
  options: CompileOptions,
  report: Report,
): string | undefined {
  const { possible, named } = possibleZones(pod.spec, wanted, all, options);
  const locked = wanted.flatMap(({ ref }) => {
    const zone = lockedVolumes(options)[objectName(ref)]?.zone;
    return zone === undefined ? [] : [{ ref, zone }];
  });
  const [first] = locked;
  const object = wanted[0]?.ref ?? pod.manifest.ref;
  const moved = locked.find(({ zone }) => zone !== first?.zone || (named && !possible.includes(zone)));
  if (first !== undefined && moved !== undefined) {
    const where = named
      ? `, and ${pod.key} may be in ${possible.join(', ') || 'none'}`
      : `, and ${objectName(first.ref)} in ${first.zone}`;
    report({
      code: 'I2K652',
      message: `${objectName(moved.ref)} is a disk in ${moved.zone}${where}`,
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
      message: `the pod of ${pod.key} and the classes of its claims leave no zone`,
      object,
      path: [],
    });
    return undefined;
  }
  const what =
    wanted[0] === undefined
      ? `${machine.key} has an address of its own`
      : `${objectName(wanted[0].ref)} becomes a disk`;
  report({
    code: 'I2K704',
    message: `${what}, and so is in one availability zone: which?`,
    object,
    path: ['metadata', 'name'],
    hint: 'name the region (`--region eu-west-1`, or `region:` in i2kit.yaml), or give the pod a nodeSelector `topology.kubernetes.io/zone`',
  });
  return undefined;
}

/** Where i2kit.yaml does not say how many zones the environment has. */
const defaultZoneCount = 2;

/**
 * The zones of a region are `<region>a`, `<region>b` and so on, but for these, where accounts see other letters.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const zoneLetters: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'acd',
  'ca-central-1': 'abd',
  'us-west-1': 'ac',
};

/** In order, with whether the pod or a class names them: of the subnets that the user has named, else of the region; empty where nothing says which region it is. */
function possibleZones(
  spec: PodSpec,
  wanted: readonly MountedClaim[],
  all: Manifests,
  { config = {}, env, context }: CompileOptions,
) {
  const said = [
    selectedValues(spec, 'topology.kubernetes.io/zone'),
    ...wanted.map(({ claim }) => allowedZones(storageClassOf(claim, all)?.object)),
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
