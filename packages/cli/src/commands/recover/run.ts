// Continues a failed rollback.
import { exitCodeOf, recover as recovering } from '@i2kit/runner';
import { runOperation } from '../../aws/runOperation.ts';
import type { Context } from '../../context.ts';
import type { ExitCode } from '../../exit.ts';
import type { SelectedStack } from '../../ports/aws.ts';

export const runRecover = (context: Context, { stackName, region, owner }: SelectedStack): Promise<ExitCode> =>
  runOperation(context, stackName, region, (clients, run) =>
    recovering(
      clients,
      { stackName, ...(owner && { owner }), ...(context.values.skip && { skip: context.values.skip }) },
      run,
    ),
  ).then(exitCodeOf);
