// Reads from a stack's template how long its groups may make no progress before they count as failed.

import { readWithRetry } from '../run/calls.ts';
import type { Run, RunGenerator } from '../run/run.ts';

/** Kubernetes' default of `progressDeadlineSeconds`, in milliseconds. */
const defaultTimeoutMs = 600_000;

interface TemplateWithDeadlines {
  readonly Resources?: Readonly<
    Record<string, { readonly Metadata?: { readonly 'i2kit:progressDeadlineSeconds'?: unknown } } | undefined>
  >;
}

/** The longest progress deadline of these groups in the deployed template, in milliseconds (default: ten minutes). */
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
    const { Resources = {} } = JSON.parse(template) as TemplateWithDeadlines;
    const deadlines = logicalIds.map((id) => {
      const seconds = Resources[id]?.Metadata?.['i2kit:progressDeadlineSeconds'];
      return typeof seconds === 'number' && seconds > 0 ? seconds * 1_000 : defaultTimeoutMs;
    });
    return deadlines.length > 0 ? Math.max(...deadlines) : defaultTimeoutMs;
  } catch {
    return defaultTimeoutMs;
  }
}
