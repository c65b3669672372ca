// Shows the effects of a deletion, asks for confirmation, deletes the stack.
import { destroy as destroying, exitCodeOf, printable, readDeployedTemplate, reviewDestroy } from '@i2kit/runner';
import { fetchAppStacks } from '../../aws/appStacks.ts';
import { type Connection, connect } from '../../aws/connection.ts';
import { openCrossAccountRecords } from '../../aws/crossAccountRecords.ts';
import { fetchStackOwner, findEnvironmentBucket } from '../../aws/environmentBucket.ts';
import { renderRun } from '../../aws/renderEvents.ts';
import { leaseOptions, runOptions } from '../../aws/runOptions.ts';
import { publishOrWarn } from '../../aws/sideEffects.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { confirm } from '../../output/confirm.ts';
import { listenForInterrupt } from '../../output/interrupt.ts';
import type { Owner, SelectedStack } from '../../ports/aws.ts';
import { fetchStackOrigins } from '../../review/text.ts';
import { destroySummary } from './render.ts';

export async function runDestroy(
  context: Context,
  { stackName, region, owner, foundationOf: env }: SelectedStack,
): Promise<ExitCode> {
  const { io, values } = context;
  const connection = await connect(context, region);
  const interrupt = listenForInterrupt(io);
  try {
    const { clients } = connection;
    const app = appOf(await fetchStackOwner(connection, stackName));
    const apps = env === undefined ? [] : await fetchAppStacks(connection.options, env);
    const standing = [...apps, ...(app ? await fetchWorkloadStacks(connection, stackName, app) : [])];
    if (standing.length > 0) {
      io.stderr.write(
        printable(
          `error: These stacks depend on ${stackName}: ${standing.join(', ')}. Destroy them first; nothing was deleted.`,
        ),
      );
      io.stderr.write('\n');
      return exit.refused;
    }
    const run = runOptions(context, interrupt.signal);
    const review = await reviewDestroy(clients, { stackName, ...(owner && { owner }) }, run);
    const origins = review.kind === 'present' ? await fetchStackOrigins(clients.cloudFormation, review.stackId) : {};
    if (review.kind === 'present') {
      if (!values.quiet) io.stderr.write(destroySummary(review, origins, values.retain ?? []));
      // A protected stack, or one being deleted, needs no confirmation.
      const asks = !review.isProtected && review.status !== 'DELETE_IN_PROGRESS';
      if (asks && !(await confirm(context, `Delete ${stackName}?`, interrupt.signal))) {
        io.stderr.write('Nothing was deleted.\n');
        return interrupt.signal.aborted ? exit.interrupted : exit.refused;
      }
    }
    if (review.kind === 'present' && !review.isProtected) {
      // Runs first: after the stack is deleted its names are unknown.
      const has = await readDeployedTemplate(clients, review.stackId, run);
      if (!has.ok) {
        const [stopped] = has.problems;
        io.stderr.write(`error: ${printable(stopped.message)} Nothing was deleted.\n`);
        return exitCodeOf(stopped);
      }
      const opened = await openCrossAccountRecords(connection, stackName, has.value.template);
      if (opened && !opened.ok) {
        io.stderr.write(`error: ${printable(opened.problems[0].message)} Nothing was deleted.\n`);
        return exit.failed;
      }
      const names = opened?.value;
      const code = await names?.write(context, run, undefined).finally(names.close);
      if (code !== undefined && code !== exit.fine) return code;
    }
    const bucket = owner && (await findEnvironmentBucket(context, connection, owner.env));
    const options = {
      ...run,
      lease: leaseOptions(io),
      detach: values.detach ?? false,
      ...(values.retain && { retain: values.retain }),
    };
    const stream = destroying(bucket ? { ...clients, bucket } : clients, review, options);
    const planned = review.kind === 'present' ? { planned: review.deletes.map((each) => each.logicalId) } : {};
    const code = exitCodeOf(await renderRun(context, stream, origins, planned));
    // Its Services no longer exist.
    if (code === exit.fine && app) await publishOrWarn(context, connection.options, { ...app, variables: {} });
    return code;
  } finally {
    interrupt.release();
    connection.close();
  }
}

/** Stacks of single workloads, which use resources of the app's own stack (`stacks: workload`). */
async function fetchWorkloadStacks(
  { options }: Connection,
  stackName: string,
  { app, env }: { readonly app: string; readonly env: string },
) {
  if (stackName !== `${env}-${app}`) return [];
  return (await fetchAppStacks(options, env, app)).filter((name) => name.startsWith(`${stackName}-`));
}

/** An environment's stack has no app. */
const appOf = (owner: Owner | undefined): Required<Owner> | undefined =>
  owner?.app === undefined ? undefined : { env: owner.env, app: owner.app };
