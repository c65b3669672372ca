// AWS::EC2::NetworkInterface: the address of a StatefulSet's machine, which stays the same over its replacement.
import type { MachineGroup } from '../../../plan.ts';
import { getAtt, type Resource, ref, resource } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import { firstSubnetOf, securityGroupsOf } from '../launchData.ts';
import * as ids from '../logicalIds.ts';
import { tags } from '../tags.ts';

export const networkInterfaces: Emitter = (target) => ({
  resources: Object.fromEntries(
    target.plan.groups.flatMap((group) => (group.ordinal === undefined ? [] : ordinalInterface(target, group))),
  ),
});

function ordinalInterface(target: EmitContext, group: MachineGroup): readonly (readonly [string, Resource])[] {
  const open = target.config.network?.egress === 'none';
  const made = resource('AWS::EC2::NetworkInterface', {
    Metadata: originMetadata(group.origin),
    Properties: {
      Description: `${group.ordinal?.name} of ${target.options.app} in ${target.options.env}`,
      SubnetId: firstSubnetOf(target, group),
      GroupSet: securityGroupsOf(target, group),
      Tags: tags(target, group.origin, { Name: group.ordinal?.name ?? '' }),
    },
  });
  return [[ids.machineGroup.interface(group), made], ...(open ? publicAddress(target, group) : [])];
}

/** Without NAT there is no other way out; an interface that is there before its machine gets its address in no other way. */
function publicAddress(target: EmitContext, group: MachineGroup): readonly (readonly [string, Resource])[] {
  const address = ids.machineGroup.address(group);
  return [
    [
      address,
      resource('AWS::EC2::EIP', {
        Metadata: originMetadata(group.origin),
        Properties: { Domain: 'vpc', Tags: tags(target, group.origin) },
      }),
    ],
    [
      ids.machineGroup.addressOf(group),
      resource('AWS::EC2::EIPAssociation', {
        Metadata: originMetadata(group.origin),
        Properties: {
          AllocationId: getAtt(address, 'AllocationId'),
          NetworkInterfaceId: ref(ids.machineGroup.interface(group)),
        },
      }),
    ],
  ];
}
