// Whether labels fit into tags.
import type { Finding } from '../../../diagnostic.ts';
import type { MachineGroup } from '../../../plan.ts';
import type { Concern, Target } from '../concern.ts';
import { most, tags } from '../tags.ts';

export const tagLimits: Concern = (target) => ({ findings: target.workloads.flatMap((group) => findingsOf(target, group)) });

function findingsOf(target: Target, group: MachineGroup): readonly Finding[] {
  const object = group.origin.object;
  const path = ['spec', 'template', 'metadata', 'labels'];
  const labels = Object.keys(group.labels);
  // `Name` is one of ours, too.
  const room = most.tags - tags(target, group.origin).length - 1;
  const long = labels.filter((label) => `k8s:${label}`.length > most.key);
  return [
    ...long.map(
      (label): Finding => ({
        code: 'I2K609',
        message: `the label ${label} becomes a tag of ${`k8s:${label}`.length} characters; AWS takes ${most.key}`,
        object,
        path: [...path, label],
        atKey: true,
      }),
    ),
    ...(labels.length > room
      ? [
          {
            code: 'I2K608',
            message: `${labels.length} labels become tags and ${room} have room; the last ${labels.length - room} are left out`,
            object,
            path,
          } as const,
        ]
      : []),
  ];
}
