// How long a stack's groups may stand still before they count as failed: what their templates say of a rolling update.

import type { Run, RunGenerator } from '../run/run.ts';
import { readWithRetry } from '../sdk/retry.ts';

/** Kubernetes' own default of `progressDeadlineSeconds`, in milliseconds. */
const defaultTimeoutMs = 600_000;

interface TemplateWithUpdatePolicies {
  readonly Resources?: Readonly<
    Record<
      string,
      { readonly UpdatePolicy?: { readonly AutoScalingRollingUpdate?: { readonly PauseTime?: unknown } } } | undefined
    >
  >;
}

/** The longest PauseTime of these groups in the template that the stack has now, in milliseconds; ten minutes where there is none. */
export async function* readStabilizationTimeout(
  run: Run,
  stackId: string,
  logicalIds: readonly string[],
): RunGenerator<number> {
  const answer = yield* readWithRetry(run, 'GetTemplate', (options) =>
    run.clients.cloudFormation.getTemplate({ StackName: stackId, TemplateStage: 'Original' }, options),
  );
  return answer.ok ? stabilizationTimeoutIn(answer.value.TemplateBody ?? '', logicalIds) : defaultTimeoutMs;
}

export function stabilizationTimeoutIn(template: string, logicalIds: readonly string[]): number {
  try {
    const { Resources = {} } = JSON.parse(template) as TemplateWithUpdatePolicies;
    const pauses = logicalIds.flatMap(
      (id) => isoDurationMs(Resources[id]?.UpdatePolicy?.AutoScalingRollingUpdate?.PauseTime) ?? [],
    );
    return pauses.length > 0 ? Math.max(...pauses) : defaultTimeoutMs;
  } catch {
    return defaultTimeoutMs;
  }
}

/** Of CloudFormation's form of ISO 8601, `PT#H#M#S`. */
function isoDurationMs(text: unknown): number | undefined {
  const [, hours, minutes, seconds] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(String(text)) ?? [];
  const ms = (Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1_000;
  return ms > 0 ? ms : undefined;
}
