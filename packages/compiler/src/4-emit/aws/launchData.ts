// Launch data of a machine: image, instance type, security groups, subnets, root volume, and the ids of a Job's
// instances.

import type { MachineGroup } from '../../plan.ts';
import { sha256Hex } from '../../sha256.ts';
import { getAtt, type Intrinsic, ref, type Value } from '../../template.ts';
import type { EmitContext } from './emitter.ts';
import { type InstanceType, smallestFor } from './instanceTypes.ts';
import * as ids from './logicalIds.ts';
import { machineTags } from './tags.ts';
import { userData } from './userData.ts';

/** Launch template data except user data. */
export const launchData = (context: EmitContext, group: MachineGroup) => ({
  ImageId: imageIdOf(group),
  ...instanceTypeProperty(group),
  ...keyPairProperty(context),
  IamInstanceProfile: { Arn: getAtt(ids.machineGroup.instanceProfile(group), 'Arn') },
  MetadataOptions: {
    HttpEndpoint: 'enabled',
    HttpTokens: 'required',
    HttpPutResponseHopLimit: 1,
    // Label keys contain slashes, which instance metadata tags do not allow.
    InstanceMetadataTags: 'disabled',
  },
  // The machine of a Job powers itself off at the end, which must terminate it.
  ...(group.job === undefined ? {} : { InstanceInitiatedShutdownBehavior: 'terminate' }),
  ...(isOneTimeJob(group) ? {} : { NetworkInterfaces: [launchNetworkInterface(context, group)] }),
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: rootVolumeOf(group) }],
  TagSpecifications: [{ ResourceType: 'volume', Tags: machineTags(context, group) }],
});

/**
 * Machines of a one-time Job are instances of their own, each with its user data and subnet, rather than an Auto
 * Scaling group.
 */
export const isOneTimeJob = ({ job }: MachineGroup): boolean => job !== undefined && job.schedule === undefined;

export const networkInterfaceSpecification = (context: EmitContext, group: MachineGroup) => ({
  DeviceIndex: 0,
  // Without NAT there is no other way out, and an agent without access to AWS cannot signal.
  AssociatePublicIpAddress: context.config.network?.egress === 'none',
  Groups: securityGroupsOf(context, group),
});

/** An address that survives the machine's replacement belongs to a network interface with its own security groups. */
const launchNetworkInterface = (context: EmitContext, group: MachineGroup) =>
  group.ordinal === undefined
    ? networkInterfaceSpecification(context, group)
    : { DeviceIndex: 0, NetworkInterfaceId: ref(ids.machineGroup.networkInterface(group)) };

/** A key pair named by tags was looked up; `existingResources` reports one that was not found. */
function keyPairProperty({ config: { keyPair }, existing: found }: EmitContext) {
  const name = typeof keyPair === 'string' ? keyPair : found.keyPair;
  return name === undefined ? {} : { KeyName: name };
}

/** If no type fits, `instanceTypeChecks` reports it. */
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

/** Key of the AMI in a mapping of images by region. */
export const imageMappingKey = 'ami';

/** An id, a look-up by region, or a parameter until the image is built. */
export function imageIdOf(group: MachineGroup): Value<string> {
  const { image } = group;
  if (image === undefined) return ref(ids.machineGroup.imageParameter(group));
  if (typeof image === 'string') return image;
  return { 'Fn::FindInMap': [ids.machineGroup.imageMapping(group), ref('AWS::Region'), imageMappingKey] };
}

/** The user's choice, else the smallest type that fits; undefined if none does. */
export function instanceTypeOf({ machine }: MachineGroup): string | undefined {
  return machine.instanceType ?? smallestInstanceType({ machine })?.name;
}

export const smallestInstanceType = ({ machine }: Pick<MachineGroup, 'machine'>): InstanceType | undefined =>
  smallestFor({ ...machine.requests, architecture: machine.architecture });

/** Groups of the environment, of the app if it is isolated, and of the workload. */
export function securityGroupsOf(context: EmitContext, group: MachineGroup): readonly Value<string>[] {
  const app: readonly Intrinsic[] =
    context.config.isolation === 'app' ? [ref(ids.environmentParameter.appSecurityGroup)] : [];
  return [ref(ids.environmentParameter.memberSecurityGroup), ...app, ref(ids.machineGroup.securityGroup(group))];
}

const subnetVisibility = ({ config }: EmitContext) => (config.network?.egress === 'none' ? 'Public' : 'Private');

const allSubnets = (context: EmitContext) =>
  ref(
    subnetVisibility(context) === 'Public'
      ? ids.environmentParameter.publicSubnets
      : ids.environmentParameter.privateSubnets,
  );

/** Subnets of a group: those of its zones, else all of the environment's. */
export function subnetsOf(context: EmitContext, { machine }: MachineGroup) {
  if (machine.zones !== undefined)
    return machine.zones.map((zone): Value<string> => ref(ids.subnet(subnetVisibility(context), zone)));
  return allSubnets(context);
}

/** Subnet of a single machine: the first of these. */
export function firstSubnetOf(context: EmitContext, { machine }: MachineGroup): Value<string> {
  const [zone] = machine.zones ?? [];
  return zone === undefined
    ? { 'Fn::Select': [0, allSubnets(context)] }
    : ref(ids.subnet(subnetVisibility(context), zone));
}

const jobInstanceIdCache = new WeakMap<MachineGroup, readonly string[]>();

/** Ids of a Job's machines, which contain a hash of the pod. */
export function jobInstanceIds(context: EmitContext, group: MachineGroup): readonly string[] {
  const made = jobInstanceIdCache.get(group) ?? contentIds(context, group);
  jobInstanceIdCache.set(group, made);
  return made;
}

function contentIds(context: EmitContext, group: MachineGroup): readonly string[] {
  const content = sha256Hex(JSON.stringify([launchData(context, group), userData(context, group)])).slice(0, 8);
  return Array.from({ length: group.replicas.count }, (_, index) =>
    ids.jobInstance(group.origin.object, content, index),
  );
}
