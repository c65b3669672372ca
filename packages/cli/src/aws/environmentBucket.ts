// Finds the bucket of a stack's environment, which keeps executed revisions.
import { type Clients, classifyError, type EnvironmentBucket, printable } from '@i2kit/runner';
import type { Context } from '../context.ts';
import type { Owner, SelectedStack } from '../ports/aws.ts';
import type { Connection } from './connection.ts';

/** The owner that a stack's own tags name; undefined if it has no tags or the stack is gone. */
export async function fetchStackOwner(
  { clients }: Pick<Connection, 'clients'>,
  stackName: string,
): Promise<Owner | undefined> {
  try {
    const { Stacks: [stack] = [] } = await clients.cloudFormation.describeStacks({ StackName: stackName });
    const { 'i2kit:env': env, 'i2kit:app': app } = Object.fromEntries(
      (stack?.Tags ?? []).map(({ Key, Value }) => [Key, Value]),
    );
    return env === undefined ? undefined : { env, ...(app !== undefined && { app }) };
  } catch (error) {
    if (classifyError(error)?.kind !== 'absent') throw error;
    return undefined;
  }
}

/** The bucket, if there is one. Without permission to look for it the run continues with a warning. */
export async function findEnvironmentBucket(
  { io, values }: Context,
  connection: Connection,
  env: string,
): Promise<EnvironmentBucket | undefined> {
  try {
    return await connection.bucket(env);
  } catch (error) {
    const fault = classifyError(error);
    if (!fault) throw error;
    const said = printable(`${fault.name}: ${fault.message}`);
    if (!values.quiet)
      io.stderr.write(
        `warning: Cannot look up the bucket of ${env}, so no revision is kept to roll back to: ${said}\n`,
      );
    return undefined;
  }
}

/**
 * The connection's clients, with the environment's bucket if it has one. The stack's own tag names the environment
 * first.
 */
export async function withEnvironmentBucket(
  connection: Connection,
  { stackName, env }: Pick<SelectedStack, 'stackName' | 'env'>,
): Promise<Clients> {
  const bucket = await connection.bucket((await fetchStackOwner(connection, stackName))?.env ?? env);
  return bucket ? { ...connection.clients, bucket } : connection.clients;
}
