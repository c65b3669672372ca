// Which Kubernetes object a resource comes from, as the template's own metadata says.
import { read } from './call.ts';
import type { Run, Steps } from './run.ts';

/** By logical id, e.g. `Deployment/default/web`. */
export type Origins = Readonly<Record<string, string>>;

interface Loose {
  readonly Resources?: Readonly<Record<string, { readonly Metadata?: Readonly<Record<string, unknown>> } | undefined>>;
}

/** By logical id, without the path inside of the object. Empty for a template that is not ours. */
export function originsIn(template: string): Origins {
  try {
    const { Resources = {} } = JSON.parse(template) as Loose;
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
export async function* originsOf(run: Run, stackId: string): Steps<Origins> {
  const answer = yield* read(run, 'GetTemplate', (options) =>
    run.clients.cloudFormation.getTemplate({ StackName: stackId, TemplateStage: 'Original' }, options),
  );
  return answer.ok ? originsIn(answer.value.TemplateBody ?? '') : {};
}
