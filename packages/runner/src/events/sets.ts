// Events 883 to 887: what happens to a stack set and to its stacks in accounts and regions.
import { entry } from './entry.ts';

export interface SetStackEvent {
  readonly operationId: string;
  readonly account: string;
  readonly region: string;
  readonly status: string;
  readonly reason?: string;
}

export const sets = {
  I2K883: entry<{ operationId: string; action: string }>('info', 'CloudFormation has taken an operation on a stack set.'),
  I2K884: entry<SetStackEvent>('info', 'A stack of a set, in one account and region, has another status.'),
  I2K885: entry<SetStackEvent>('error', 'A stack of a set failed, in one account and region, and why.'),
  I2K886: entry<{ name: string }>('info', 'A stack set was made.'),
  I2K887: entry<{ name: string }>('info', 'A stack set was deleted.'),
} as const;
