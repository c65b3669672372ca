// Events 83x to 86x: deletion, recovery and cancelling, several stacks, and the way to the service.

import type { FaultKind } from '../fault.ts';
import type { Action } from '../ports/cloudformation.ts';
import type { Held } from '../resources.ts';
import { entry } from './entry.ts';

export const destroy = {
  I2K831: entry<{ stackId: string; status: string }>('info', 'The stack to be deleted was found.'),
  I2K832: entry<{ stackId: string; token: string; retain: readonly string[] }>('info', 'CloudFormation has taken the deletion.'),
} as const;

export const recover = {
  I2K841: entry<{ stackId: string; held: readonly Held[] }>('warn', 'What holds up the rollback.'),
  I2K842: entry<{ stackId: string; token: string; skip: readonly string[] }>('info', 'CloudFormation goes on with the rollback.'),
  I2K843: entry<{ stackId: string; token: string }>('info', 'CloudFormation cancels the update and rolls it back.'),
} as const;

export const stacks = {
  I2K851: entry<{ order: readonly string[]; concurrency: number }>('debug', 'Several stacks are begun, each after those it depends on.'),
  I2K852: entry<{ because: string }>('warn', 'A stack is not begun, because one that it depends on did not succeed.'),
} as const;

export const transport = {
  I2K861: entry<{ action: Action; fault: FaultKind; said: string; delayMs: number }>('debug', 'A call is made again.'),
  I2K862: entry<{ action: Action }>('info', 'Expired credentials were read anew.'),
} as const;
