// How a machine is launched: image, instance type, security groups, subnets, root volume, and the ids of a Job's instances.

import type { MachineGroup } from '../../plan.ts';
import { sha256Hex } from '../../sha256.ts';
import { getAtt, type Intrinsic, ref, type Value } from '../../template.ts';
import type { EmitContext } from './emitter.ts';
import { type InstanceType, smallestFor } from './instanceTypes.ts';
import * as ids from './logicalIds.ts';
import { machineTags } from './tags.ts';
import { userData } from './userData.ts';

// What a launch template says of a machine, but for its user data.

export const launchData = (target: EmitContext, group: MachineGroup) => ({
  ImageId: imageIdOf(group),
  ...instanceTypeProperty(group),
  ...keyPairProperty(target),
  IamInstanceProfile: { Arn: getAtt(ids.machineGroup.profile(group), 'Arn') },
  MetadataOptions: {
    HttpEndpoint: 'enabled',
    HttpTokens: 'required',
    HttpPutResponseHopLimit: 1,
    // Label keys hold slashes, which the metadata service refuses at launch.
    InstanceMetadataTags: 'disabled',
  },
  // What runs to its end powers its machine off, and is gone with that.
  ...(group.job === undefined ? {} : { InstanceInitiatedShutdownBehavior: 'terminate' }),
  ...(isOneTimeJob(group) ? {} : { NetworkInterfaces: [launchNetworkInterface(target, group)] }),
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: rootVolumeOf(group) }],
  TagSpecifications: [{ ResourceType: 'volume', Tags: machineTags(target, group) }],
});

/** Its machines are instances of their own rather than a group's: each brings its user data and its subnet. */
export const isOneTimeJob = ({ job: task }: MachineGroup): boolean => task !== undefined && task.schedule === undefined;

export const networkInterfaceSpecification = (target: EmitContext, group: MachineGroup) => ({
  DeviceIndex: 0,
  // Without NAT there is no other way out, and an agent that cannot reach AWS cannot signal.
  AssociatePublicIpAddress: target.config.network?.egress === 'none',
  Groups: securityGroupsOf(target, group),
});

/** An address that stays over the machine's replacement is that of an interface, which has its own security groups. */
const launchNetworkInterface = (target: EmitContext, group: MachineGroup) =>
  group.ordinal === undefined
    ? networkInterfaceSpecification(target, group)
    : { DeviceIndex: 0, NetworkInterfaceId: ref(ids.machineGroup.interface(group)) };

/** One that is named by its tags was looked up; where it was not, `existing` says so. */
function keyPairProperty({ config: { keyPair }, existing: found }: EmitContext) {
  const name = typeof keyPair === 'string' ? keyPair : found.keyPair;
  return name === undefined ? {} : { KeyName: name };
}

/** Where nothing fits, `machineType` says so. */
function instanceTypeProperty(group: MachineGroup) {
  const name = instanceTypeOf(group);
  return name === undefined ? {} : { InstanceType: name };
}

const GiB = 1024 ** 3;
/** Image and agent take under 1 GiB; the rest is for containers' writable layers and logs. */
const defaultRootGiB = 8;

function rootVolumeOf({ machine }: MachineGroup) {
  const wanted = machine.ephemeralStorage === undefined ? 0 : Math.ceil(machine.ephemeralStorage / GiB) + 2;
  return {
    VolumeType: 'gp3',
    VolumeSize: Math.max(defaultRootGiB, wanted),
    Encrypted: true,
    DeleteOnTermination: true,
  };
}

// What a launch template says of a machine: its image, its instance type and its security groups.

/** Attribute of a region in a group's mapping of images. */
export const imageMappingKey = 'ami';

/** An id, a look-up by region, or a parameter while the image is not built. */
export function imageIdOf(group: MachineGroup): Value<string> {
  const { image } = group;
  if (image === undefined) return ref(ids.machineGroup.image(group));
  if (typeof image === 'string') return image;
  return { 'Fn::FindInMap': [ids.machineGroup.images(group), ref('AWS::Region'), imageMappingKey] };
}

/** What the user chose, else the smallest that holds the requests; undefined where none does. */
export function instanceTypeOf({ machine }: MachineGroup): string | undefined {
  return machine.instanceType ?? smallestInstanceType({ machine })?.name;
}

export const smallestInstanceType = ({ machine }: Pick<MachineGroup, 'machine'>): InstanceType | undefined =>
  smallestFor({ ...machine.requests, architecture: machine.architecture });

/** The environment's machines, the app's where it keeps to itself, and the workload's own. */
export function securityGroupsOf(target: EmitContext, group: MachineGroup): readonly Value<string>[] {
  const app: readonly Intrinsic[] = target.config.isolation === 'app' ? [ref(ids.environmentParameter.appMembers)] : [];
  return [ref(ids.environmentParameter.members), ...app, ref(ids.machineGroup.firewall(group))];
}

// Where machines stand.

const subnetVisibility = ({ config }: EmitContext) => (config.network?.egress === 'none' ? 'Public' : 'Private');

const allSubnets = (target: EmitContext) =>
  ref(
    subnetVisibility(target) === 'Public'
      ? ids.environmentParameter.publicSubnets
      : ids.environmentParameter.privateSubnets,
  );

/** The subnets of a group: those of the zones that it is bound to, else all of the environment's. */
export function subnetsOf(target: EmitContext, { machine }: MachineGroup) {
  if (machine.zones !== undefined)
    return machine.zones.map((zone): Value<string> => ref(ids.subnet(subnetVisibility(target), zone)));
  return allSubnets(target);
}

/** The subnet of one machine: the first of those. */
export function firstSubnetOf(target: EmitContext, { machine }: MachineGroup): Value<string> {
  const [zone] = machine.zones ?? [];
  return zone === undefined
    ? { 'Fn::Select': [0, allSubnets(target)] }
    : ref(ids.subnet(subnetVisibility(target), zone));
}

// The ids of a Job's machines, which hold what they run.

const jobInstanceIdCache = new WeakMap<MachineGroup, readonly string[]>();

export function jobInstanceIds(target: EmitContext, group: MachineGroup): readonly string[] {
  const made = jobInstanceIdCache.get(group) ?? contentIds(target, group);
  jobInstanceIdCache.set(group, made);
  return made;
}

function contentIds(target: EmitContext, group: MachineGroup): readonly string[] {
  const content = sha256Hex(JSON.stringify([launchData(target, group), userData(target, group)])).slice(0, 8);
  return Array.from({ length: group.replicas.count }, (_, index) =>
    ids.jobInstance(group.origin.object, content, index),
  );
}
