// What a group's or a machine's launch template says of it.
import { isObject } from '@i2kit/common';
import { type Properties, type Resource, refOf, type Template } from './template.ts';

/** Logical id of the launch template that a resource names. */
export function launchTemplateId(resource: Resource | undefined): string | undefined {
  const named = resource?.Properties?.['LaunchTemplate'];
  return isObject(named) ? refOf(named['LaunchTemplateId']) : undefined;
}

/** What machines are launched with; undefined where the template does not hold it. */
export function launchDataOf({ Resources }: Template, resource: Resource | undefined): Properties | undefined {
  const data = Resources[launchTemplateId(resource) ?? '']?.Properties?.['LaunchTemplateData'];
  return isObject(data) ? data : undefined;
}

/** `t3.micro`: the resource's own word, else its launch template's; `machine` where neither says it. */
export function machineType(template: Template, resource: Resource): string {
  const type = resource.Properties?.['InstanceType'] ?? launchDataOf(template, resource)?.['InstanceType'];
  return typeof type === 'string' ? type : 'machine';
}
