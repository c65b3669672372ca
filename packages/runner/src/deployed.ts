// What a stack was made of: its template as it is, or as the operation under way will have it.
import { read } from './call.ts';
import type { Clients } from './clients.ts';
import { stackOf } from './look.ts';
import type { Result } from './result.ts';
import { begin, type RunOptions, stopOf } from './run.ts';
import { type Standing, standing } from './status.ts';

export interface Deployed {
  readonly standing: Standing;
  /** Empty where there is none yet, or where it may not be read. */
  readonly template: string;
}

/** Reads alone, as patiently as any run; gives the result of a run that could not even look. */
export async function deployed(
  clients: Clients,
  stackName: string,
  options: RunOptions = {},
): Promise<Deployed | { readonly stopped: Result }> {
  const run = begin(clients, stackName, options, `i2kit apply ${stackName}`);
  async function* steps() {
    const stack = yield* stackOf(run, stackName);
    const stands = standing(stack?.status);
    if (!stack || stands === 'create') return { standing: stands, template: '' };
    const which = stands === 'busy' && stack.changeSetId ? { ChangeSetName: stack.changeSetId } : { StackName: stack.stackId };
    const answer = yield* read(run, 'GetTemplate', (call) =>
      clients.cloudFormation.getTemplate({ ...which, TemplateStage: 'Original' }, call),
    );
    return { standing: stands, template: answer.ok ? (answer.value.TemplateBody ?? '') : '' };
  }
  try {
    const all = steps();
    for (;;) {
      const step = await all.next();
      if (step.done) return step.value;
    }
  } catch (error) {
    return { stopped: stopOf(error) };
  }
}
