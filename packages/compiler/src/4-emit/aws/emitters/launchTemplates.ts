// AWS::EC2::LaunchTemplate, with its image parameter or mapping, its payload object, and the checks of its instance
// type.

import { type Finding, objectName } from '../../../diagnostic.ts';
import type { MachineGroup } from '../../../plan.ts';
import type { Asset } from '../../../stack.ts';
import { type Mapping, type Parameter, resource } from '../../../template.ts';
import { type Emitter, originMetadata } from '../emitter.ts';
import { instanceTypeNamed } from '../instanceTypes.ts';
import { imageMappingKey, isOneTimeJob, launchData, smallestInstanceType } from '../launchData.ts';
import * as ids from '../logicalIds.ts';
import { assetOf, userData } from '../userData.ts';

/** Launch templates hold environment variables, commands and configuration; the machine image does not. */
export const launchTemplates: Emitter = (context) => ({
  resources: Object.fromEntries(
    context.plan.groups.map((group) => [
      ids.machineGroup.launchTemplate(group),
      resource('AWS::EC2::LaunchTemplate', {
        Metadata: originMetadata({ ...group.origin, path: [...group.origin.path, 'spec', 'template'] }),
        Properties: {
          LaunchTemplateData: {
            ...launchData(context, group),
            ...(isOneTimeJob(group) ? {} : { UserData: userData(context, group) }),
          },
        },
      }),
    ]),
  ),
});

/** The AMI of a group's machines: an id, a mapping by region, or a parameter until the image is built. */
export const machineImages: Emitter = ({ workloads }) => {
  const parameters: Record<string, Parameter> = {};
  const mappings: Record<string, Mapping> = {};
  for (const group of workloads) {
    const { origin, image } = group;
    if (image === undefined) {
      parameters[ids.machineGroup.imageParameter(group)] = {
        Type: 'AWS::EC2::Image::Id',
        Description: `Image of ${objectName(origin.object)}`,
      };
    } else if (typeof image !== 'string') {
      mappings[ids.machineGroup.imageMapping(group)] = Object.fromEntries(
        Object.keys(image)
          .sort()
          .map((region) => [region, { [imageMappingKey]: image[region] ?? '' }]),
      );
    }
  }
  return { parameters, mappings };
};

/** Payloads too large for user data: objects in the environment's bucket, named by their hash. */
export const payloadObjects: Emitter = (context) => {
  const assets: Asset[] = [];
  const findings: Finding[] = [];
  for (const group of context.plan.groups) {
    const asset = assetOf(context, group);
    if (asset === undefined) continue;
    assets.push(asset);
    if (context.config.bucket !== false) continue;
    findings.push({
      code: 'I2K606',
      message: `user data of the machines of ${group.key} takes ${asset.bytes.length} bytes compressed; AWS allows 16384 including base64`,
      object: group.origin.object,
      path: [...group.origin.path, 'spec', 'template'],
      hint: 'Remove `bucket: false`, or remove large ConfigMaps from the pod.',
    });
  }
  return { assets, findings };
};

/** Checks that the requested instance types exist and fit. */
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
        message: `no instance type known to i2kit fits the requests of ${key}: ${asked} on ${machine.architecture}`,
      },
    ];
  }
  const type = instanceTypeNamed(machine.instanceType);
  if (type === undefined) {
    return [{ ...at, code: 'I2K611', message: `${machine.instanceType} is not an instance type known to i2kit` }];
  }
  if (!type.uefi && !bios)
    return [{ ...at, code: 'I2K613', message: `${type.name} does not boot with UEFI, which i2kit's images require` }];
  if (type.architecture !== machine.architecture) {
    return [
      {
        ...at,
        code: 'I2K612',
        message: `${type.name} is ${type.architecture}, but ${key} needs ${machine.architecture}`,
      },
    ];
  }
  return [];
}
