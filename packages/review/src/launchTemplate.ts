// Reads the launch template of a group or machine.
import { isObject } from '@i2kit/common';
import { type Properties, type Resource, refOf, type Template } from './template.ts';

/** Logical id of the launch template that a resource refers to. */
export function launchTemplateId(resource: Resource | undefined): string | undefined {
  const named = resource?.Properties?.['LaunchTemplate'];
  return isObject(named) ? refOf(named['LaunchTemplateId']) : undefined;
}

/** Launch template data; undefined if the template does not contain it. */
export function launchDataOf({ Resources }: Template, resource: Resource | undefined): Properties | undefined {
  const data = Resources[launchTemplateId(resource) ?? '']?.Properties?.['LaunchTemplateData'];
  return isObject(data) ? data : undefined;
}

/** `t3.micro`: the resource's own type, otherwise that of its launch template; `machine` if neither has one. */
export function machineType(template: Template, resource: Resource): string {
  const type = resource.Properties?.['InstanceType'] ?? launchDataOf(template, resource)?.['InstanceType'];
  return typeof type === 'string' ? type : 'machine';
}
