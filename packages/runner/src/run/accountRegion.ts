// Wrong account, wrong region: asserted before anything is written.
import { requireRead } from '../sdk/retry.ts';
import { notStartedMessage, type Run, type RunGenerator, refusalOf, runEvent, stopError } from './run.ts';

export interface AccountRegion {
  readonly account: string;
  readonly region: string;
}

/** Gives where the clients are; refuses where that is not what is expected. */
export async function* assertAccountRegion(run: Run, expect: Partial<AccountRegion>): RunGenerator<AccountRegion> {
  const { region } = run.clients;
  if (expect.region !== undefined && expect.region !== region) {
    throw stopError(
      refusalOf(run, 'region', `This is ${region}, and ${expect.region} is meant. ${notStartedMessage(run)}`),
    );
  }
  const identity = yield* requireRead(run, 'GetCallerIdentity', (options) =>
    run.clients.identity.getCallerIdentity(options),
  );
  const account = identity.Account ?? '';
  if (expect.account !== undefined && expect.account !== account) {
    throw stopError(
      refusalOf(
        run,
        'account',
        `These credentials are of account ${account}, and ${expect.account} is meant. ${notStartedMessage(run)}`,
      ),
    );
  }
  yield runEvent(run, 'I2K811', `Account ${account}, region ${region}.`, { account, region });
  return { account, region };
}
