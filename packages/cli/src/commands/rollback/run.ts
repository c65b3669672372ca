// Returns to an earlier revision, with the review and execution of `apply`.
import { exitCodeOf, findEarlierRevision, printable, readDeployedTemplate } from '@i2kit/runner';
import { connect } from '../../aws/connection.ts';
import { withEnvironmentBucket } from '../../aws/environmentBucket.ts';
import { runOptions } from '../../aws/runOptions.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { listenForInterrupt } from '../../output/interrupt.ts';
import type { SelectedStack } from '../../ports/aws.ts';
import { readReviewFile } from '../../review/file.ts';
import { planReview } from '../../review/stackPlan.ts';
import { confirmAndExecute, refuseTemplate, showReview } from '../apply/run.ts';

export async function runRollback(context: Context, named: SelectedStack): Promise<ExitCode> {
  const { io, values } = context;
  const { stackName } = named;
  const file = values.review === undefined ? undefined : readReviewFile(io, values.review);
  if (file && !file.ok) {
    io.stderr.write(`error: ${file.problems[0].message}\n`);
    return exit.input;
  }
  const connection = await connect(context, named.region);
  const interrupt = listenForInterrupt(io);
  try {
    const clients = await withEnvironmentBucket(connection, named);
    const found = await findEarlierRevision(
      clients,
      { stackName, to: values.to ?? '' },
      runOptions(context, interrupt.signal),
    );
    if (found.kind === 'blocked') {
      const { message, hint, reason } = found.result;
      io.stderr.write(`error: ${printable(message)}\n${hint ? `hint: ${printable(hint)}\n` : ''}`);
      return reason === 'unknown' ? exit.input : exitCodeOf(found.result);
    }
    const { revision } = found;
    if (!values.quiet) {
      io.stderr.write(
        `Returning to revision ${revision.revision} of ${printable(revision.at)}, template ${revision.templateHash.slice(0, 12)}.\n`,
      );
    }
    const input = {
      ...found.input,
      ...(named.owner && { owner: named.owner }),
      ...(values['role-arn'] !== undefined && { roleArn: values['role-arn'] }),
    };
    const has = await readDeployedTemplate(clients, stackName, runOptions(context, interrupt.signal));
    const former = has.ok ? has.value.template : '';
    const { 'i2kit:env': env, 'i2kit:app': app } = revision.tags;
    const { variables } = revision;
    const owner = env === undefined ? undefined : { env, ...(app !== undefined && { app }) };
    if (app !== undefined && !variables)
      io.stderr.write(
        `warning: Revision ${revision.revision} was kept without its service variables: those of the last apply ` +
          'stay.\n',
      );
    const wanted = {
      stackName,
      template: input.template,
      files: [],
      ...(owner && { owner }),
      ...(variables && { variables }),
    };
    const source = `revision ${revision.revision}`;
    if (await refuseTemplate(context, 'rollback', { ...connection, clients }, { ...wanted, source }))
      return exit.refused;
    const made = { wanted, input, former };
    const plan = [await planReview(context, clients, interrupt, made, file?.value.review)];
    const [problem] = await showReview(context, 'rollback', { ...connection, clients }, interrupt, plan);
    if (problem) {
      io.stderr.write(`error: ${printable(problem.message)}\n`);
      return exit.refused;
    }
    return await confirmAndExecute(
      context,
      'rollback',
      { ...connection, clients },
      interrupt,
      plan,
      file !== undefined,
    );
  } finally {
    interrupt.release();
    connection.close();
  }
}
