// Reads from the template's metadata which Kubernetes object each resource is made from.

import { readWithRetry } from '../run/calls.ts';
import type { Run, RunGenerator } from '../run/run.ts';

/** By logical id, e.g. `Deployment/default/web`. */
export type ResourceOrigins = Readonly<Record<string, string>>;

interface TemplateWithMetadata {
  readonly Resources?: Readonly<Record<string, { readonly Metadata?: Readonly<Record<string, unknown>> } | undefined>>;
}

/** By logical id, without the path inside the object. Empty for a template that i2kit did not make. */
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

/** From the deployed template; only used for explanations, so it may be missing. */
export async function* readResourceOrigins(run: Run, stackId: string): RunGenerator<ResourceOrigins> {
  const answer = yield* readWithRetry(run, 'GetTemplate', (options) =>
    run.clients.cloudFormation.getTemplate({ StackName: stackId, TemplateStage: 'Original' }, options),
  );
  return answer.ok ? resourceOriginsIn(answer.value.TemplateBody ?? '') : {};
}
