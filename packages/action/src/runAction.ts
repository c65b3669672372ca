// Runs the action: review, summary, comment, outputs and exit code.
import { postComment } from './comment.ts';
import { pullRequestOf, readEvent } from './event.ts';
import { githubClient } from './githubClient.ts';
import { type Environment, inputsOf } from './inputs.ts';
import { policyFailures } from './policy.ts';
import { reviewManifests } from './reviewManifests.ts';
import { appendSummary, errorCommand, noticeCommand, warningCommand, writeOutputs } from './workflowCommands.ts';

/** The exit code: 1 if the policy or the input fails. */
export async function runAction(environment: Environment): Promise<0 | 1> {
  const { env, write } = environment;
  const fail = (text: string) => {
    write(errorCommand(text));
    return 1 as const;
  };
  const inputs = inputsOf(env);
  if ('wrong' in inputs) return fail(inputs.wrong);
  const event = readEvent(env);
  const found = reviewManifests(environment, inputs, event);
  if ('wrong' in found) return fail(found.wrong);
  const { review, markdown, file } = found;
  appendSummary(env, markdown);
  const pull = pullRequestOf(event);
  if (inputs.comment && pull !== undefined) {
    const said = await postComment(githubClient(env, inputs.token), pull, markdown);
    write(said.done ? noticeCommand(said.text) : warningCommand(said.text));
  }
  const failed = policyFailures(review, inputs.failOn);
  writeOutputs(env, {
    changed: String(review.stacks.some(({ effects }) => effects.length > 0)),
    verdict: review.stacks.map(({ stack, verdict }) => `${stack}: ${verdict}`).join('\n'),
    'failed-on': failed.map(({ what }) => what).join(','),
    review: file,
  });
  if (failed.length === 0) return 0;
  return fail(
    `The review contains effects that fail-on names: ${failed.map(({ what, where }) => `${what} (${where})`).join(', ')}.`,
  );
}
