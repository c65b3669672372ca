// AWS::EC2::LaunchTemplate: how a machine is started, with its image parameter or mapping, its payload object, and the checks of its instance type.

import { type Finding, objectName } from '../../../diagnostic.ts';
import type { MachineGroup } from '../../../plan.ts';
import type { Asset } from '../../../stack.ts';
import { type Mapping, type Parameter, resource } from '../../../template.ts';
import { type Emitter, originMetadata } from '../emitter.ts';
import { instanceTypeNamed } from '../instanceTypes.ts';
import { imageMappingKey, isOneTimeJob, launchData, smallestInstanceType } from '../launchData.ts';
import * as ids from '../logicalIds.ts';
import { assetOf, userData } from '../userData.ts';

// AWS::EC2::LaunchTemplate: how a machine is started. Environment, command and configuration are here, not in the image.

export const launchTemplates: Emitter = (target) => ({
  resources: Object.fromEntries(
    target.plan.groups.map((group) => [
      ids.machineGroup.template(group),
      resource('AWS::EC2::LaunchTemplate', {
        Metadata: originMetadata({ ...group.origin, path: [...group.origin.path, 'spec', 'template'] }),
        Properties: {
          LaunchTemplateData: {
            ...launchData(target, group),
            ...(isOneTimeJob(group) ? {} : { UserData: userData(target, group) }),
          },
        },
      }),
    ]),
  ),
});

// Which AMI a group's machines boot: an id, an id by region, or a parameter while it is not built.

export const machineImages: Emitter = ({ workloads }) => {
  const parameters: Record<string, Parameter> = {};
  const mappings: Record<string, Mapping> = {};
  for (const group of workloads) {
    const { origin, image } = group;
    if (image === undefined) {
      parameters[ids.machineGroup.image(group)] = {
        Type: 'AWS::EC2::Image::Id',
        Description: `Image of ${objectName(origin.object)}`,
      };
    } else if (typeof image !== 'string') {
      mappings[ids.machineGroup.images(group)] = Object.fromEntries(
        Object.keys(image)
          .sort()
          .map((region) => [region, { [imageMappingKey]: image[region] ?? '' }]),
      );
    }
  }
  return { parameters, mappings };
};

// Payloads that are too large for user data: objects of the environment's bucket, named by their hash.

export const payloadObjects: Emitter = (target) => {
  const assets: Asset[] = [];
  const findings: Finding[] = [];
  for (const group of target.plan.groups) {
    const asset = assetOf(target, group);
    if (asset === undefined) continue;
    assets.push(asset);
    if (target.config.bucket !== false) continue;
    findings.push({
      code: 'I2K606',
      message: `what the machines of ${group.key} are given takes ${asset.bytes.length} bytes, compressed; user data holds 16384 with its base64`,
      object: group.origin.object,
      path: [...group.origin.path, 'spec', 'template'],
      hint: 'remove `bucket: false`, or take large ConfigMaps out of the pod',
    });
  }
  return { assets, findings };
};

// Whether the machines that a group asks for exist.

export const instanceTypeChecks: Emitter = ({ workloads, config }) => ({
  findings: workloads.flatMap((group) => instanceTypeFindings(group, config.boot === 'bios')),
});

function instanceTypeFindings(group: MachineGroup, bios: boolean): readonly Finding[] {
  const { machine } = group;
  const key = objectName(group.origin.object);
  const at = { object: machine.origin.object, path: machine.origin.path };
  if (machine.instanceType === undefined) {
    if (smallestInstanceType(group) !== undefined) return [];
    const { cpu, memory, gpus } = machine.requests;
    const asked = [
      `${cpu / 1000} cores`,
      `${Math.ceil(memory / 1024 ** 2)} MiB`,
      ...(gpus > 0 ? [`${gpus} GPUs`] : []),
    ].join(', ');
    return [
      {
        ...at,
        code: 'I2K610',
        message: `no instance type that i2kit knows holds what ${key} asks for: ${asked} on ${machine.architecture}`,
      },
    ];
  }
  const type = instanceTypeNamed(machine.instanceType);
  if (type === undefined) {
    return [{ ...at, code: 'I2K611', message: `${machine.instanceType} is not an instance type that i2kit knows` }];
  }
  if (!type.uefi && !bios)
    return [{ ...at, code: 'I2K613', message: `${type.name} does not boot by UEFI, as i2kit's images do` }];
  if (type.architecture !== machine.architecture) {
    return [
      {
        ...at,
        code: 'I2K612',
        message: `${type.name} is ${type.architecture}, and ${key} asks for ${machine.architecture}`,
      },
    ];
  }
  return [];
}
