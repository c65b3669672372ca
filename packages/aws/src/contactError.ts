// Reasons for which AWS cannot be reached or does not accept these credentials, each as one sentence with advice.
import { I2kitError } from '@i2kit/common';

export type ContactFailure =
  | 'no-region'
  | 'no-profile'
  | 'no-credentials'
  | 'bad-endpoint'
  | 'expired'
  | 'wrong-credentials'
  | 'clock'
  | 'unknown-host'
  | 'refused'
  | 'no-answer'
  | 'tls'
  | 'not-aws'
  | 'throttled'
  | 'unavailable';

const advice: Readonly<Record<ContactFailure, string>> = {
  'no-region': 'Set `region` in i2kit.yaml, pass --region, set AWS_REGION, or set a region in the profile.',
  'no-profile': 'Name another profile with --profile or AWS_PROFILE, or create it with `aws configure`.',
  'no-credentials':
    'Sign in (`aws sso login`, `aws configure`), set AWS_ACCESS_KEY_ID, or name a profile with --profile.',
  'bad-endpoint': 'An endpoint is a URL such as http://localhost:4566: check --endpoint-url and AWS_ENDPOINT_URL.',
  expired: 'Sign in again, or name another profile with --profile.',
  'wrong-credentials': 'Check the access key and its secret, or name another profile with --profile.',
  clock: 'Set the clock of this computer, then run the command again.',
  'unknown-host': 'Check the region, --endpoint-url, and the network.',
  refused: 'Check --endpoint-url and AWS_ENDPOINT_URL, and proxies and firewalls on the way.',
  'no-answer': 'Check the network, --endpoint-url, and proxies and firewalls on the way.',
  tls: 'Check proxies on the way; NODE_EXTRA_CA_CERTS names a file with the certificates of a private authority.',
  'not-aws': 'Check --endpoint-url and AWS_ENDPOINT_URL, and proxies and sign-in pages on the way.',
  throttled: 'Other programs use up the rate of calls of this account: run the command again later.',
  unavailable: 'Run the command again later; https://health.aws.amazon.com shows disruptions.',
};

/** Thrown until AWS has answered once: nothing has started, and waiting would not help. */
export class ContactError extends I2kitError<ContactFailure> {
  override readonly name = 'ContactError';

  constructor(code: ContactFailure, message: string, cause?: unknown) {
    super(code, message, { hint: advice[code], ...(cause !== undefined && { cause }) });
  }
}
