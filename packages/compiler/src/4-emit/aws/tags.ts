// Tags: which app, environment and object a resource belongs to, and a pod's labels on its machines.
import type { MachineGroup, Origin } from '../../plan.ts';
import type { EmitContext } from './emitter.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
export const tagQuotas = { tags: 50, key: 128, value: 256 } as const;

/** On every resource that can carry tags: app, environment, object, and the user's own. */
export function tags(
  { options, config }: EmitContext,
  { object }: Origin,
  extra: Readonly<Record<string, string>> = {},
): readonly Tag[] {
  const all = {
    'i2kit:app': options.app,
    'i2kit:env': options.env,
    'i2kit:kind': object.kind,
    ...(object.namespace === '' ? {} : { 'i2kit:namespace': object.namespace }),
    'i2kit:name': object.name,
    ...config.tags,
    ...extra,
  };
  return Object.entries(all).map(([Key, Value]) => ({ Key, Value }));
}

/** On machines and their disks: labels, too, as `k8s:<label>` in a fixed order; where they are too many, labels give way. */
export const machineTags = (target: EmitContext, { origin, ordinal, labels }: MachineGroup): readonly Tag[] => {
  const label = Object.keys(labels)
    .sort()
    .map((key) => [`k8s:${key}`, labels[key] ?? ''] as const);
  return tags(target, origin, { Name: ordinal?.name ?? origin.object.name, ...Object.fromEntries(label) }).slice(
    0,
    tagQuotas.tags,
  );
};
