// Events 89x: the end; exactly one ends every stream, 899 that of several stacks.
import type { Result } from '../result.ts';
import type { Summary } from '../stacks/summary.ts';
import { entry } from './entry.ts';

export const result = {
  I2K890: entry<Result>('result', 'It succeeded.'),
  I2K891: entry<Result>('result', 'There was nothing to do.'),
  I2K892: entry<Result>('result', 'It failed.'),
  I2K893: entry<Result>('result', 'A guard refused it.'),
  I2K894: entry<Result>('result', 'It goes on unwatched: the deadline is over, or it can no longer be seen.'),
  I2K895: entry<Result>('result', 'The user interrupted the watching.'),
  I2K896: entry<Result>('result', 'It goes on unwatched, as was asked for.'),
  I2K899: entry<Summary>('result', 'Several stacks have ended; a result for each.'),
} as const;

export const codeOf = {
  succeeded: 'I2K890',
  unchanged: 'I2K891',
  failed: 'I2K892',
  refused: 'I2K893',
  running: 'I2K894',
  interrupted: 'I2K895',
  detached: 'I2K896',
} as const;
