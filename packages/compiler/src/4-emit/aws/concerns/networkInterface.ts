// AWS::EC2::NetworkInterface: the address of a StatefulSet's machine, which stays the same over its replacement.
import type { MachineGroup } from '../../../plan.ts';
import { getAtt, type Resource, ref, resource } from '../../../template.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { firewallsOf } from '../machine.ts';
import { oneSubnet } from '../subnets.ts';
import { tags } from '../tags.ts';

export const networkInterface: Concern = (target) => ({
  resources: Object.fromEntries(target.plan.groups.flatMap((group) => (group.ordinal === undefined ? [] : ofOrdinal(target, group)))),
});

function ofOrdinal(target: Target, group: MachineGroup): readonly (readonly [string, Resource])[] {
  const open = target.config.network?.egress === 'none';
  const made = resource('AWS::EC2::NetworkInterface', {
    Metadata: originOf(group.origin),
    Properties: {
      Description: `${group.ordinal?.name} of ${target.options.app} in ${target.options.env}`,
      SubnetId: oneSubnet(target, group),
      GroupSet: firewallsOf(target, group),
      Tags: tags(target, group.origin, { Name: group.ordinal?.name ?? '' }),
    },
  });
  return [[ids.group.interface(group), made], ...(open ? publicAddress(target, group) : [])];
}

/** Without NAT there is no other way out; an interface that is there before its machine gets its address in no other way. */
function publicAddress(target: Target, group: MachineGroup): readonly (readonly [string, Resource])[] {
  const address = ids.group.address(group);
  return [
    [
      address,
      resource('AWS::EC2::EIP', { Metadata: originOf(group.origin), Properties: { Domain: 'vpc', Tags: tags(target, group.origin) } }),
    ],
    [
      ids.group.addressOf(group),
      resource('AWS::EC2::EIPAssociation', {
        Metadata: originOf(group.origin),
        Properties: { AllocationId: getAtt(address, 'AllocationId'), NetworkInterfaceId: ref(ids.group.interface(group)) },
      }),
    ],
  ];
}
