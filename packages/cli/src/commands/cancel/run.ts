// Cancels the running update.
import { cancel as cancelling, exitCodeOf } from '@i2kit/runner';
import { runOperation } from '../../aws/runOperation.ts';
import type { Context } from '../../context.ts';
import type { ExitCode } from '../../exit.ts';
import type { SelectedStack } from '../../ports/aws.ts';

export const runCancel = (context: Context, { stackName, region, owner }: SelectedStack): Promise<ExitCode> =>
  runOperation(context, stackName, region, (clients, run) =>
    cancelling(clients, { stackName, ...(owner && { owner }) }, run),
  ).then(exitCodeOf);
