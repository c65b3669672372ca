// Effects on machines: created, destroyed, replaced by a rolling update, or scaled.
import { countText, isObject } from '@i2kit/common';
import { type Comparison, changesOfType, objectOfChange } from '../comparison.ts';
import type { ResourceChange } from '../diff/resourceChanges.ts';
import { launchDataOf, launchTemplateId } from '../launchTemplate.ts';
import type { Properties, Resource, Template } from '../template.ts';
import { type Effect, failedEffect, propertyChangesOf } from './effect.ts';

export const autoScalingGroupType = 'AWS::AutoScaling::AutoScalingGroup';
const launchTemplateType = 'AWS::EC2::LaunchTemplate';

/** From launch to signal, measured with small images; the start-up time of the pod comes on top. */
const minutesPerBatch = 2;

export function machineEffects(comparison: Comparison): readonly Effect[] {
  const groups = changesOfType(comparison, autoScalingGroupType).flatMap((change) => groupEffects(comparison, change));
  return [...groups, ...jobEffects(changesOfType(comparison, 'AWS::EC2::Instance'))];
}

function groupEffects(comparison: Comparison, change: ResourceChange): readonly Effect[] {
  const { id, action, before, after, replacement } = change;
  const template = launchTemplateChange(comparison, change);
  const ids = [id, ...(template ? [template.id] : [])];
  const base = {
    area: 'machines' as const,
    object: objectOfChange(change),
    ids,
    changes: reportedChanges(change, template),
  };
  const [sizeBefore, sizeAfter] = [groupSizeOf(before), groupSizeOf(after)];
  if (action === 'add') {
    return [
      {
        ...base,
        verb: 'CREATE',
        text: `${sizeText(sizeAfter)}${instanceTypeText(comparison.after, after)}`,
        machines: sizeAfter.low,
        minutes: minutesPerBatch,
      },
    ];
  }
  if (action === 'remove') return [{ ...base, verb: 'DESTROY', text: sizeText(sizeBefore), machines: sizeBefore.low }];
  if (replacement === 'refused') return [failedEffect(base)];
  if (replacement === 'will') {
    return [
      {
        ...base,
        verb: 'REPLACE',
        text: `${sizeText(sizeBefore)}, all at once`,
        machines: sizeBefore.low,
        minutes: minutesPerBatch,
      },
    ];
  }
  const scales = sizeBefore.low !== sizeAfter.low || sizeBefore.high !== sizeAfter.high;
  const rolls = change.changes.some(({ path: [first = ''] }) => rollingProperties.has(first)) && sizeBefore.low > 0;
  return [
    ...(rolls
      ? rollingUpdateEffects(comparison, change, base, Math.min(sizeBefore.low, sizeAfter.low) || sizeBefore.low)
      : []),
    ...(scales
      ? [
          {
            ...base,
            verb: 'SCALE' as const,
            text: `${sizeText(sizeBefore, '')} → ${sizeText(sizeAfter)}`,
            machines: sizeAfter.low - sizeBefore.low,
          },
        ]
      : []),
    ...(rolls || scales ? [] : [{ ...base, verb: 'UPDATE' as const, text: 'Auto Scaling group; its machines stay' }]),
  ];
}

function rollingUpdateEffects(
  { after: stack }: Comparison,
  { after }: ResourceChange,
  base: Omit<Effect, 'verb' | 'text'>,
  machines: number,
): readonly Effect[] {
  const policy = after?.UpdatePolicy?.['AutoScalingRollingUpdate'];
  if (!isObject(policy))
    return [
      {
        ...base,
        verb: 'UPDATE',
        text: `Auto Scaling group; ${countText(machines, 'machine')} stay unchanged until they are replaced`,
      },
    ];
  const batch = Math.max(1, Number(policy['MaxBatchSize'] ?? 1));
  const minutes = Math.ceil(machines / batch) * minutesPerBatch;
  const pace =
    batch >= machines ? (machines === 1 ? '' : ', all at once') : `, ${batch === 1 ? 'one' : batch} at a time`;
  const text = `${countText(machines, 'machine')}${instanceTypeText(stack, after)}${pace}, about ${minutes} min`;
  const roll: Effect = { ...base, verb: 'ROLL', text, machines, minutes };
  if (Number(policy['MinInstancesInService'] ?? 0) > 0) return [roll];
  return [
    roll,
    {
      ...base,
      verb: 'INTERRUPT',
      text: `possibly no machine in service during the rollout, about ${minutes} min`,
      changes: [],
    },
  ];
}

/**
 * Properties whose change makes CloudFormation replace the machines of a group with a rolling update policy.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 */
const rollingProperties: ReadonlySet<string> = new Set([
  'LaunchTemplate',
  'LaunchConfigurationName',
  'MixedInstancesPolicy',
  'VPCZoneIdentifier',
  'AvailabilityZones',
  'PlacementGroup',
  'InstanceId',
]);

/** Minimum and maximum; equal unless the group is scaled automatically. */
export interface GroupSize {
  readonly low: number;
  readonly high: number;
}

export function groupSizeOf(resource: Resource | undefined): GroupSize {
  const { DesiredCapacity, MinSize, MaxSize } = resource?.Properties ?? {};
  const wanted = DesiredCapacity ?? MinSize;
  if (DesiredCapacity !== undefined || wanted === undefined)
    return { low: Number(wanted ?? 0), high: Number(wanted ?? 0) };
  return { low: Number(MinSize), high: Number(MaxSize) };
}

const sizeText = ({ low, high }: GroupSize, one = 'machine'): string =>
  one === ''
    ? low === high
      ? `${low}`
      : `${low} to ${high}`
    : low === high
      ? countText(low, one)
      : `${low} to ${high} ${one}s`;

/** ` (t3.micro)`; empty if the template does not contain the type. */
function instanceTypeText(template: Template, resource: Resource | undefined): string {
  const type = launchDataOf(template, resource)?.['InstanceType'];
  return typeof type === 'string' ? ` (${type})` : '';
}

const launchTemplateChange = ({ changes }: Comparison, change: ResourceChange): ResourceChange | undefined => {
  const found = changes.get(launchTemplateId(change.after ?? change.before) ?? '');
  return found?.type === launchTemplateType ? found : undefined;
};

/** Merges group and launch template changes; drops the version number, which only mirrors the template's change. */
function reportedChanges(change: ResourceChange, template: ResourceChange | undefined): Effect['changes'] {
  const own = change.changes.filter(({ because }) => because === undefined || because !== template?.id);
  return [...propertyChangesOf({ id: change.id, changes: own }), ...(template ? propertyChangesOf(template) : [])];
}

/**
 * Standalone machines run jobs: a changed template creates another machine, and the loss of the old one does not
 * matter.
 */
function jobEffects(changes: readonly ResourceChange[]): readonly Effect[] {
  return [...new Set(changes.map(objectOfChange))].flatMap((object): readonly Effect[] => {
    const own = changes.filter((change) => object !== '' && objectOfChange(change) === object);
    const added = own.filter(({ action }) => action === 'add');
    if (added.length === 0 || !own.some(({ action }) => action === 'remove'))
      return changes.filter((change) => objectOfChange(change) === object).map(machineEffect);
    const [first] = added.map(machineEffect);
    const text = `${countText(added.length, 'machine')}, which ${added.length === 1 ? 'runs' : 'run'} it again`;
    return first ? [{ ...first, text, ids: own.map(({ id }) => id), machines: added.length }] : [];
  });
}

/** A standalone machine, which runs to completion. */
function machineEffect(change: ResourceChange): Effect {
  const { id, action, replacement, after, before } = change;
  const base = {
    area: 'machines' as const,
    object: objectOfChange(change),
    ids: [id],
    changes: reportedChanges(change, undefined),
    machines: 1,
  };
  const type = (after ?? before)?.Properties as Properties | undefined;
  const text = `1 machine${typeof type?.['InstanceType'] === 'string' ? ` (${type['InstanceType']})` : ''}`;
  if (action === 'add') return { ...base, verb: 'CREATE', text, minutes: minutesPerBatch };
  if (action === 'remove') return { ...base, verb: 'DESTROY', text };
  if (replacement === 'refused') return failedEffect(base);
  return { ...base, verb: replacement === 'never' ? 'UPDATE' : 'REPLACE', text };
}
