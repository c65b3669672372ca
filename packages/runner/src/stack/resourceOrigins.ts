// Which Kubernetes object a resource comes from, as the template's own metadata says.

import type { Run, RunGenerator } from '../run/run.ts';
import { readWithRetry } from '../sdk/retry.ts';

/** By logical id, e.g. `Deployment/default/web`. */
export type ResourceOrigins = Readonly<Record<string, string>>;

interface TemplateWithMetadata {
  readonly Resources?: Readonly<Record<string, { readonly Metadata?: Readonly<Record<string, unknown>> } | undefined>>;
}

/** By logical id, without the path inside of the object. Empty for a template that is not ours. */
export function resourceOriginsIn(template: string): ResourceOrigins {
  try {
    const { Resources = {} } = JSON.parse(template) as TemplateWithMetadata;
    return Object.fromEntries(
      Object.entries(Resources).flatMap(([id, resource]) => {
        const origin = resource?.Metadata?.['i2kit:origin'];
        return typeof origin === 'string' ? [[id, origin.split('#')[0] ?? origin]] : [];
      }),
    );
  } catch {
    return {};
  }
}

/** Of the template that a stack has now; they only explain, and so may be missing. */
export async function* readResourceOrigins(run: Run, stackId: string): RunGenerator<ResourceOrigins> {
  const answer = yield* readWithRetry(run, 'GetTemplate', (options) =>
    run.clients.cloudFormation.getTemplate({ StackName: stackId, TemplateStage: 'Original' }, options),
  );
  return answer.ok ? resourceOriginsIn(answer.value.TemplateBody ?? '') : {};
}
