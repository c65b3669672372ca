// Events 81x: what was reviewed is executed.
import { entry } from './entry.ts';

export const execute = {
  I2K811: entry<{ account: string; region: string }>('debug', 'Account and region are those that are meant.'),
  I2K812: entry<{ stackId: string; status: string }>('warn', 'A stack whose creation failed is deleted first; nothing in it holds data.'),
  I2K813: entry<{ changeSetId: string; token: string }>('info', 'CloudFormation has taken the change set for execution.'),
  I2K814: entry<{ token: string; status?: string }>('info', 'An earlier run of the same input is under way and is taken over.'),
  I2K815: entry<{ changeSetId: string; found: string }>('info', 'An answer was lost; it was looked up what became of the request.'),
  I2K816: entry<{ holder: string; until: number }>('debug', 'The lease on the stack is ours.'),
  I2K817: entry<{ holder: string; until: number }>('info', 'Another run has the lease on the stack: it is waited whether that one lives.'),
  I2K818: entry<{ said: string }>('warn', "The bucket gives no lease; CloudFormation's own guards have to do."),
} as const;
