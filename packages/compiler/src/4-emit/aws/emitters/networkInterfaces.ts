// AWS::EC2::NetworkInterface: the address of a StatefulSet's machine, which survives the machine's replacement.
import type { MachineGroup } from '../../../plan.ts';
import { getAtt, type Resource, ref, resource } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import { firstSubnetOf, securityGroupsOf } from '../launchData.ts';
import * as ids from '../logicalIds.ts';
import { tags } from '../tags.ts';

export const networkInterfaces: Emitter = (context) => ({
  resources: Object.fromEntries(
    context.plan.groups.flatMap((group) => (group.ordinal === undefined ? [] : ordinalInterface(context, group))),
  ),
});

function ordinalInterface(context: EmitContext, group: MachineGroup): readonly (readonly [string, Resource])[] {
  const open = context.config.network?.egress === 'none';
  const made = resource('AWS::EC2::NetworkInterface', {
    Metadata: originMetadata(group.origin),
    Properties: {
      Description: `${group.ordinal?.name} of ${context.options.app} in ${context.options.env}`,
      SubnetId: firstSubnetOf(context, group),
      GroupSet: securityGroupsOf(context, group),
      Tags: tags(context, group.origin, { Name: group.ordinal?.name ?? '' }),
    },
  });
  return [[ids.machineGroup.networkInterface(group), made], ...(open ? publicAddress(context, group) : [])];
}

/**
 * Without NAT this public address is the only way out. An interface created before its machine cannot get one at
 * launch.
 */
function publicAddress(context: EmitContext, group: MachineGroup): readonly (readonly [string, Resource])[] {
  const address = ids.machineGroup.publicAddress(group);
  return [
    [
      address,
      resource('AWS::EC2::EIP', {
        Metadata: originMetadata(group.origin),
        Properties: { Domain: 'vpc', Tags: tags(context, group.origin) },
      }),
    ],
    [
      ids.machineGroup.addressAssociation(group),
      resource('AWS::EC2::EIPAssociation', {
        Metadata: originMetadata(group.origin),
        Properties: {
          AllocationId: getAtt(address, 'AllocationId'),
          NetworkInterfaceId: ref(ids.machineGroup.networkInterface(group)),
        },
      }),
    ],
  ];
}
