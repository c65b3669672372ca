// Goes on with a rollback that failed.
import { exitCode, recover as recovering } from '@i2kit/runner';
import type { Named } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import type { Exit } from '../exit.ts';
import { watched } from './watched.ts';

export const recover = (context: Context, { stackName, region, owner }: Named): Promise<Exit> =>
  watched(context, stackName, region, (clients, run) =>
    recovering(clients, { stackName, ...(owner && { owner }), ...(context.values.skip && { skip: context.values.skip }) }, run),
  ).then(exitCode);
