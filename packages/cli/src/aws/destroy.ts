// What would go and what would stay, a question, and the deletion.
import { type Clients, deployed, destroy as destroying, exitCode, faultOf, printable, reviewDestroy } from '@i2kit/runner';
import type { Named } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { appsOf } from './apps.ts';
import { agreed } from './ask.ts';
import { publish } from './beside.ts';
import { type Connection, connect } from './connect.ts';
import { doomedText } from './doomed.ts';
import { follow } from './follow.ts';
import { interruptible } from './interrupt.ts';
import { bucketIfAny } from './kept.ts';
import { lease } from './lease.ts';
import { namesOf } from './names.ts';
import { runOptions } from './options.ts';
import { stackOrigins } from './reviewtext.ts';

export async function destroy(context: Context, { stackName, region, owner, foundationOf: env }: Named): Promise<Exit> {
  const { io, values } = context;
  const connection = await connect(context, region);
  const interrupt = interruptible(io);
  try {
    const { clients } = connection;
    const app = await appOf(clients, stackName);
    const apps = env === undefined ? [] : await appsOf(connection.options, env);
    const standing = [...apps, ...(app ? await workloadsOf(connection, stackName, app) : [])];
    if (standing.length > 0) {
      io.stderr.write(
        printable(`error: These stacks stand on ${stackName}: ${standing.join(', ')}. Destroy them first; nothing was deleted.`),
      );
      io.stderr.write('\n');
      return exit.refused;
    }
    const run = runOptions(context, interrupt.signal);
    const review = await reviewDestroy(clients, { stackName, ...(owner && { owner }) }, run);
    const origins = review.kind === 'present' ? await stackOrigins(clients.cloudFormation, review.stackId) : {};
    if (review.kind === 'present') {
      if (!values.quiet) io.stderr.write(doomedText(review, origins, values.retain ?? []));
      // What is protected, or on its way out, needs no question.
      const asks = !review.isProtected && review.status !== 'DELETE_IN_PROGRESS';
      if (asks && !(await agreed(context, `Delete ${stackName}?`, interrupt.signal))) {
        io.stderr.write('Nothing was deleted.\n');
        return interrupt.signal.aborted ? exit.interrupted : exit.refused;
      }
    }
    if (review.kind === 'present' && !review.isProtected) {
      // First: once the stack is gone nobody knows of its names any more.
      const has = await deployed(clients, review.stackId, run);
      if ('stopped' in has) {
        io.stderr.write(`error: ${printable(has.stopped.message)} Nothing was deleted.\n`);
        return exitCode(has.stopped);
      }
      const names = await namesOf(connection, stackName, has.template);
      if (names && 'wrong' in names) {
        io.stderr.write(`error: ${printable(names.wrong)} Nothing was deleted.\n`);
        return exit.failed;
      }
      const code = await names?.write(context, run, undefined).finally(names.close);
      if (code !== undefined && code !== exit.fine) return code;
    }
    const bucket = owner && (await bucketIfAny(context, connection, owner.env));
    const options = { ...run, lease: lease(io), detach: values.detach ?? false, ...(values.retain && { retain: values.retain }) };
    const stream = destroying(bucket ? { ...clients, bucket } : clients, review, options);
    const planned = review.kind === 'present' ? { planned: review.deletes.map((each) => each.logicalId) } : {};
    const code = exitCode(await follow(context, stream, origins, planned));
    // Its Services are no more.
    if (code === exit.fine && app) await publish(context, connection.options, { ...app, variables: {} });
    return code;
  } finally {
    interrupt.release();
    connection.close();
  }
}

/** Stacks of single workloads, which use what the app's own stack holds (`stacks: workload`). */
async function workloadsOf({ options }: Connection, stackName: string, { app, env }: { readonly app: string; readonly env: string }) {
  if (stackName !== `${env}-${app}`) return [];
  return (await appsOf(options, env, app)).filter((name) => name.startsWith(`${stackName}-`));
}

/** Which app's stack it is, by its tags; an environment's is none's. */
async function appOf({ cloudFormation }: Clients, StackName: string): Promise<{ readonly app: string; readonly env: string } | undefined> {
  try {
    const { Stacks: [stack] = [] } = await cloudFormation.describeStacks({ StackName });
    const { 'i2kit:app': app, 'i2kit:env': env } = Object.fromEntries((stack?.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    return app !== undefined && env !== undefined ? { app, env } : undefined;
  } catch (error) {
    if (faultOf(error)?.kind === 'absent') return undefined;
    throw error;
  }
}
