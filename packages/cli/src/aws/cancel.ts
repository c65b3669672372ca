// Cancels the update that is under way.
import { cancel as cancelling, exitCode } from '@i2kit/runner';
import type { Named } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import type { Exit } from '../exit.ts';
import { watched } from './watched.ts';

export const cancel = (context: Context, { stackName, region, owner }: Named): Promise<Exit> =>
  watched(context, stackName, region, (clients, run) => cancelling(clients, { stackName, ...(owner && { owner }) }, run)).then(exitCode);
