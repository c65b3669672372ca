// After the stack: its load balancers' targets are waited for, as long as the deadline allows.
import { backoff, leaveIfTold, pause } from './call.ts';
import { faultOf } from './fault.ts';
import type { TargetHealth } from './ports/others.ts';
import { resourcesOf } from './resources.ts';
import type { Result } from './result.ts';
import { conclude, type Run, type Steps, say } from './run.ts';

const targetGroup = 'AWS::ElasticLoadBalancingV2::TargetGroup';

const sum = (all: readonly TargetHealth[]): TargetHealth => ({
  healthy: all.reduce((total, each) => total + each.healthy, 0),
  total: all.reduce((total, each) => total + each.total, 0),
  reasons: all.flatMap((each) => each.reasons),
});

/** The result itself once every registered target serves; `running` where the deadline comes first. */
export async function* healthy(run: Run, result: Result): Steps<Result> {
  const { machines, clock } = run.clients;
  if (!machines || !result.stackId) return result;
  const resources = (yield* resourcesOf(run, result.stackId)) ?? [];
  const groups = resources.flatMap((each) =>
    each.ResourceType === targetGroup && each.PhysicalResourceId ? [each.PhysicalResourceId] : [],
  );
  let told = '';
  for (let look = 0; ; look++) {
    const seen: TargetHealth[] = [];
    for (const arn of groups) {
      try {
        seen.push(await machines.targetHealth(arn));
      } catch (error) {
        const fault = faultOf(error);
        if (!fault) throw error;
        // Who may not look waits for nothing: the stack is complete, and that is known.
        if (fault.kind === 'denied' || fault.kind === 'absent') continue;
        seen.push({ healthy: 0, total: 1, reasons: [fault.message] });
      }
    }
    const now = sum(seen);
    if (now.healthy >= now.total) return result;
    const text = `${now.healthy} of ${now.total} targets healthy.`;
    if (text !== told) yield say(run, 'I2K826', text, now);
    told = text;
    if (clock.now() + 1_000 >= run.deadline) {
      return conclude(run, 'running', `${run.stackName} is complete, but ${text} The time is over; look again with: ${run.command}`, {
        reason: 'unhealthy',
      });
    }
    leaveIfTold(run);
    await pause(run, Math.min(backoff(look, run.clients.random, 5_000), run.deadline - clock.now() - 500));
  }
}
