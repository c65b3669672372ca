// Tags: app, environment and origin of each resource, and a pod's labels on its machines.
import type { MachineGroup, Origin } from '../../plan.ts';
import type { EmitContext } from './emitter.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
export const tagQuotas = { tags: 50, key: 128, value: 256 } as const;

/** Tags of every resource that supports them: app, environment, object, and the user's tags. */
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

/** Tags of machines and their volumes: adds labels as `k8s:<label>` in a fixed order, as many as fit. */
export const machineTags = (context: EmitContext, { origin, ordinal, labels }: MachineGroup): readonly Tag[] => {
  const label = Object.keys(labels)
    .sort()
    .map((key) => [`k8s:${key}`, labels[key] ?? ''] as const);
  return tags(context, origin, { Name: ordinal?.name ?? origin.object.name, ...Object.fromEntries(label) }).slice(
    0,
    tagQuotas.tags,
  );
};
