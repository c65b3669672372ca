// Runs the action: review, summary, comment, outputs and exit code.
import { postComment } from './comment.ts';
import { pullRequestOf, readEvent } from './event.ts';
import { githubClient } from './githubClient.ts';
import { type Environment, inputsOf } from './inputs.ts';
import { policyFailures } from './policy.ts';
import { reviewManifests } from './reviewManifests.ts';
import { appendSummary, errorCommand, noticeCommand, warningCommand, writeOutputs } from './workflowCommands.ts';

/** Events that run with the rights of the target repository on behalf of anybody who opens a pull request. */
const unsafeEvents: readonly string[] = ['pull_request_target', 'workflow_run'];

/** The exit code: 1 if the policy or the input fails. */
export async function runAction(environment: Environment): Promise<0 | 1> {
  const { env, write } = environment;
  const fail = (text: string) => {
    write(errorCommand(text));
    return 1 as const;
  };
  const event = env['GITHUB_EVENT_NAME'] ?? '';
  if (unsafeEvents.includes(event))
    return fail(
      `This action does not run on ${event}: its token can write, and the checkout may be from a fork. Use pull_request.`,
    );
  const parsed = inputsOf(env);
  if (!parsed.ok) return fail(parsed.problems[0].message);
  const inputs = parsed.value;
  const payload = readEvent(env);
  const reviewed = reviewManifests(environment, inputs, payload);
  if (!reviewed.ok) return fail(reviewed.problems[0].message);
  const { review, markdown, file } = reviewed.value;
  appendSummary(env, markdown);
  const pull = pullRequestOf(payload);
  if (inputs.comment && pull !== undefined) {
    const comment = await postComment(githubClient(env, inputs.token), pull, markdown);
    write(comment.done ? noticeCommand(comment.text) : warningCommand(comment.text));
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
