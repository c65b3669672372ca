// Where what was executed is kept: the bucket of the environment that a stack belongs to.
import { type Clients, classifyError, type EnvironmentBucket, printable } from '@i2kit/runner';
import type { Context } from '../context.ts';
import type { SelectedStack } from '../ports/aws.ts';
import type { Connection } from './connection.ts';

/** The environment that a stack's own tag names; undefined where it has none, or is gone. */
export async function fetchStackEnvironment({ clients }: Connection, stackName: string): Promise<string | undefined> {
  try {
    const { Stacks: [stack] = [] } = await clients.cloudFormation.describeStacks({ StackName: stackName });
    return stack?.Tags?.find(({ Key }) => Key === 'i2kit:env')?.Value;
  } catch (error) {
    if (classifyError(error)?.kind !== 'absent') throw error;
    return undefined;
  }
}

/** The bucket, where there is one to keep things in; who may not look for it does without, and is told so. */
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
        `warning: The bucket of ${env} cannot be looked for, so that nothing is kept to go back to: ${said}\n`,
      );
    return undefined;
  }
}

/** The connection's clients, with the bucket where the environment has one. The stack's own word on its environment counts first. */
export async function withEnvironmentBucket(
  connection: Connection,
  { stackName, env }: Pick<SelectedStack, 'stackName' | 'env'>,
): Promise<Clients> {
  const bucket = await connection.bucket((await fetchStackEnvironment(connection, stackName)) ?? env);
  return bucket ? { ...connection.clients, bucket } : connection.clients;
}
