// Checks that machines can keep the deadlines in the manifests.
import type { Finding } from '../../../diagnostic.ts';
import type { MachineGroup } from '../../../plan.ts';
import type { EmitContext, Emitter } from '../emitter.ts';
import { deadlineSeconds, isBalanced, leastFromBoot, longestDeadline } from '../timing.ts';

export const deadlineLimits: Emitter = (context) => ({
  findings: context.workloads.flatMap((group): readonly Finding[] => {
    const field = fieldOf(group);
    const message = field === undefined ? undefined : problem(context, group);
    return field === undefined || message === undefined
      ? []
      : [
          {
            code: 'I2K578',
            message: `${field.name} ${group.rollout.deadlineSeconds} ${message}`,
            object: group.origin.object,
            path: field.path,
          },
        ];
  }),
});

function problem(context: EmitContext, group: MachineGroup): string | undefined {
  const asked = group.rollout.deadlineSeconds;
  const kept = deadlineSeconds(context, group);
  if (asked > longestDeadline && group.job === undefined)
    return `is more than CloudFormation leaves: the machine has ${kept} seconds`;
  if (asked < kept && isBalanced(context, group))
    return `is too short behind a load balancer: the machine has ${kept} seconds`;
  return asked < leastFromBoot ? "counts from the machine's boot, about a minute after its launch" : undefined;
}

/** The field that sets the deadline, by kind; undefined for kinds whose deadline is i2kit's own. */
function fieldOf({ origin }: MachineGroup): { readonly name: string; readonly path: readonly string[] } | undefined {
  const name = origin.object.kind === 'Deployment' ? 'progressDeadlineSeconds' : 'activeDeadlineSeconds';
  switch (origin.object.kind) {
    case 'CronJob':
      return { name, path: ['spec', 'jobTemplate', 'spec', name] };
    case 'Deployment':
    case 'Job':
    case 'Pod':
      return { name, path: ['spec', name] };
    default:
      return undefined;
  }
}
