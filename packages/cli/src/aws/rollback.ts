// Back to what an earlier apply executed, the way that everything is executed.
import { deployed, earlier, exitCode, printable } from '@i2kit/runner';
import type { Named } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { agreedAndDone, shown } from './apply.ts';
import { connect } from './connect.ts';
import { interruptible } from './interrupt.ts';
import { withBucket } from './kept.ts';
import { runOptions } from './options.ts';
import { reviewed } from './planned.ts';
import { readReview } from './reviewfile.ts';

export async function rollback(context: Context, named: Named): Promise<Exit> {
  const { io, values } = context;
  const { stackName } = named;
  const file = values.review === undefined ? undefined : readReview(io, values.review);
  if (file && 'wrong' in file) {
    io.stderr.write(`error: ${file.wrong}\n`);
    return exit.input;
  }
  const connection = await connect(context, named.region);
  const interrupt = interruptible(io);
  try {
    const clients = await withBucket(connection, named);
    const found = await earlier(clients, { stackName, to: values.to ?? '' }, runOptions(context, interrupt.signal));
    if (found.kind === 'blocked') {
      const { message, hint, reason } = found.result;
      io.stderr.write(`error: ${printable(message)}\n${hint ? `hint: ${printable(hint)}\n` : ''}`);
      return reason === 'unknown' ? exit.input : exitCode(found.result);
    }
    const { revision } = found;
    if (!values.quiet) {
      io.stderr.write(
        `Back to revision ${revision.revision} of ${printable(revision.at)}, template ${revision.templateHash.slice(0, 12)}.\n`,
      );
    }
    const input = {
      ...found.input,
      ...(named.owner && { owner: named.owner }),
      ...(values['role-arn'] !== undefined && { roleArn: values['role-arn'] }),
    };
    const has = await deployed(clients, stackName, runOptions(context, interrupt.signal));
    const former = 'stopped' in has ? '' : has.template;
    const { 'i2kit:env': env, 'i2kit:app': app } = revision.tags;
    const { variables } = revision;
    const owner = env === undefined ? undefined : { env, ...(app !== undefined && { app }) };
    if (app !== undefined && !variables)
      io.stderr.write(`warning: Revision ${revision.revision} was kept without its service variables: those of the last apply stay.\n`);
    const wanted = { stackName, template: input.template, files: [], ...(owner && { owner }), ...(variables && { variables }) };
    const made = { wanted, input, former };
    const plan = [await reviewed(context, clients, interrupt, made, file?.review)];
    const wrong = await shown(context, { ...connection, clients }, interrupt, plan);
    if (wrong !== undefined) {
      io.stderr.write(`error: ${printable(wrong)}\n`);
      return exit.refused;
    }
    return await agreedAndDone(context, { ...connection, clients }, interrupt, plan, file !== undefined);
  } finally {
    interrupt.release();
    connection.close();
  }
}
