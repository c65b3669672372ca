// Events 80x: a review is made.
import type { Endangered } from '../guard.ts';
import type { Standing } from '../status.ts';
import { entry } from './entry.ts';

export const review = {
  I2K801: entry<{ templateHash: string; inputHash: string }>('debug', 'A review is begun.'),
  I2K802: entry<{ stackId?: string; status?: string; standing: Standing }>('info', 'The stack was looked at.'),
  I2K803: entry<{ changeSetId: string; type: 'CREATE' | 'UPDATE' }>('info', 'The change set is there.'),
  I2K804: entry<{ changeSetId: string; changes: number; endangered: readonly Endangered[] }>('info', 'The change set can be executed.'),
  I2K805: entry<{ said: string }>('info', 'CloudFormation found nothing to change.'),
  I2K806: entry<{ changeSetId: string }>('debug', 'A change set that cannot be executed was removed.'),
  I2K807: entry<{ changeSetId: string; said: string }>('warn', 'A change set that cannot be executed could not be removed.'),
  I2K808: entry<{ key: string; bytes: number }>('info', 'A large template is in the bucket.'),
  I2K809: entry<{ because: string }>('info', 'No change set can exist yet: the review holds hashes alone.'),
} as const;
