// Reads from a stack's template how long its groups may make no progress before they count as failed.

import { readWithRetry } from '../run/calls.ts';
import type { Run, RunGenerator } from '../run/run.ts';

/** Kubernetes' default of `progressDeadlineSeconds`, in milliseconds. */
const defaultTimeoutMs = 600_000;

interface TemplateWithUpdatePolicies {
  readonly Resources?: Readonly<
    Record<
      string,
      { readonly UpdatePolicy?: { readonly AutoScalingRollingUpdate?: { readonly PauseTime?: unknown } } } | undefined
    >
  >;
}

/** The longest PauseTime of these groups in the deployed template, in milliseconds (default: ten minutes). */
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

/** Parses CloudFormation's form of ISO 8601, `PT#H#M#S`. */
function isoDurationMs(text: unknown): number | undefined {
  const [, hours, minutes, seconds] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(String(text)) ?? [];
  const ms = (Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1_000;
  return ms > 0 ? ms : undefined;
}
