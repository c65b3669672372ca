// Clients that only look: what was lost on the way is asked for again.
import type { SdkOptions } from '@i2kit/runner';

export const clientOf = ({ region, endpoint, profile, credentials }: SdkOptions) => ({
  region,
  maxAttempts: 5,
  ...(endpoint && { endpoint }),
  ...(profile && { profile }),
  ...(credentials && { credentials }),
});
