// Finds the bucket of a stack's environment, which keeps executed revisions.
import { type Clients, classifyError, type EnvironmentBucket, printable } from '@i2kit/runner';
import type { Context } from '../context.ts';
import type { SelectedStack } from '../ports/aws.ts';
import type { Connection } from './connection.ts';

/** The environment that a stack's own tag names; undefined if it has no tag or the stack is gone. */
export async function fetchStackEnvironment({ clients }: Connection, stackName: string): Promise<string | undefined> {
  try {
    const { Stacks: [stack] = [] } = await clients.cloudFormation.describeStacks({ StackName: stackName });
    return stack?.Tags?.find(({ Key }) => Key === 'i2kit:env')?.Value;
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
  const bucket = await connection.bucket((await fetchStackEnvironment(connection, stackName)) ?? env);
  return bucket ? { ...connection.clients, bucket } : connection.clients;
}
