// What a launch template says of a machine, but for its user data.
import type { MachineGroup } from '../../plan.ts';
import { getAtt, ref } from '../../template.ts';
import type { Target } from './concern.ts';
import * as ids from './ids.ts';
import { firewallsOf, imageOf, instanceTypeOf } from './machine.ts';
import { machineTags } from './tags.ts';

export const launchData = (target: Target, group: MachineGroup) => ({
  ImageId: imageOf(group),
  ...instanceType(group),
  ...keyName(target),
  IamInstanceProfile: { Arn: getAtt(ids.group.profile(group), 'Arn') },
  MetadataOptions: {
    HttpEndpoint: 'enabled',
    HttpTokens: 'required',
    HttpPutResponseHopLimit: 1,
    // Label keys hold slashes, which the metadata service refuses at launch.
    InstanceMetadataTags: 'disabled',
  },
  // What runs to its end powers its machine off, and is gone with that.
  ...(group.task === undefined ? {} : { InstanceInitiatedShutdownBehavior: 'terminate' }),
  ...(isRun(group) ? {} : { NetworkInterfaces: [network(target, group)] }),
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: rootVolume(group) }],
  TagSpecifications: [{ ResourceType: 'volume', Tags: machineTags(target, group) }],
});

/** Its machines are instances of their own rather than a group's: each brings its user data and its subnet. */
export const isRun = ({ task }: MachineGroup): boolean => task !== undefined && task.schedule === undefined;

export const networkInterface = (target: Target, group: MachineGroup) => ({
  DeviceIndex: 0,
  // Without NAT there is no other way out, and an agent that cannot reach AWS cannot signal.
  AssociatePublicIpAddress: target.config.network?.egress === 'none',
  Groups: firewallsOf(target, group),
});

/** An address that stays over the machine's replacement is that of an interface, which has its own security groups. */
const network = (target: Target, group: MachineGroup) =>
  group.ordinal === undefined ? networkInterface(target, group) : { DeviceIndex: 0, NetworkInterfaceId: ref(ids.group.interface(group)) };

/** One that is named by its tags was looked up; where it was not, `existing` says so. */
function keyName({ config: { keyPair }, found }: Target) {
  const name = typeof keyPair === 'string' ? keyPair : found.keyPair;
  return name === undefined ? {} : { KeyName: name };
}

/** Where nothing fits, `machineType` says so. */
function instanceType(group: MachineGroup) {
  const name = instanceTypeOf(group);
  return name === undefined ? {} : { InstanceType: name };
}

const GiB = 1024 ** 3;
/** Image and agent take under 1 GiB; the rest is for containers' writable layers and logs. */
const defaultRootGiB = 8;

function rootVolume({ machine }: MachineGroup) {
  const wanted = machine.disk === undefined ? 0 : Math.ceil(machine.disk / GiB) + 2;
  return { VolumeType: 'gp3', VolumeSize: Math.max(defaultRootGiB, wanted), Encrypted: true, DeleteOnTermination: true };
}
