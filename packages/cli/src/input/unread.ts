// An error of the file system, as a diagnostic.
import type { Diagnostic } from '@i2kit/compiler';
import { messageOf, systemCode } from '../io.ts';
import { problem } from '../problem.ts';

/** Throws on what is no error of the system: that would be a bug of ours. */
export function unread(error: unknown, source: string): Diagnostic {
  const code = systemCode(error);
  if (code === undefined) throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return problem('I2K720', 'there is no such file or directory', { source });
  if (code === 'ELOOP') return problem('I2K722', 'the symbolic link leads back to itself', { source });
  return problem('I2K726', `the system does not let it be read: ${reason(error)}`, { source });
}

/** `EACCES: permission denied`: what the system says, without the path, which is named anyway. */
export const reason = (error: unknown): string => messageOf(error).replace(/, \w+( '.*)?$/s, '');
