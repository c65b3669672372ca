// The action from beginning to end: review, summary, comment, outputs, and whether it fails.
import { comment } from './comment.ts';
import { pullRequestOf, readEvent } from './event.ts';
import { github } from './github.ts';
import { type Environment, inputsOf } from './inputs.ts';
import { failures } from './policy.ts';
import { reviewed } from './review.ts';
import { error, notice, outputs, summary, warning } from './workflow.ts';

/** The exit code: 1 where the policy or the input fails. */
export async function run(environment: Environment): Promise<0 | 1> {
  const { env, write } = environment;
  const fail = (text: string) => {
    write(error(text));
    return 1 as const;
  };
  const inputs = inputsOf(env);
  if ('wrong' in inputs) return fail(inputs.wrong);
  const event = readEvent(env);
  const found = reviewed(environment, inputs, event);
  if ('wrong' in found) return fail(found.wrong);
  const { review, markdown, file } = found;
  summary(env, markdown);
  const pull = pullRequestOf(event);
  if (inputs.comment && pull !== undefined) {
    const said = await comment(github(env, inputs.token), pull, markdown);
    write(said.done ? notice(said.text) : warning(said.text));
  }
  const failed = failures(review, inputs.failOn);
  outputs(env, {
    changed: String(review.stacks.some(({ effects }) => effects.length > 0)),
    verdict: review.stacks.map(({ stack, verdict }) => `${stack}: ${verdict}`).join('\n'),
    'failed-on': failed.map(({ what }) => what).join(','),
    review: file,
  });
  if (failed.length === 0) return 0;
  return fail(`The review has what fail-on names: ${failed.map(({ what, where }) => `${what} (${where})`).join(', ')}.`);
}
