// Verifies the account and the region before anything is written.
import { requireRead } from './calls.ts';
import { notStartedMessage, type Run, type RunGenerator, RunStopped, refusalOf, runEvent } from './run.ts';

export interface AccountRegion {
  readonly account: string;
  readonly region: string;
}

/** Returns the clients' account and region; refuses if they are not the expected ones. */
export async function* assertAccountRegion(run: Run, expect: Partial<AccountRegion>): RunGenerator<AccountRegion> {
  const { region } = run.clients;
  if (expect.region !== undefined && expect.region !== region) {
    throw new RunStopped(
      refusalOf(run, 'region', `The region is ${region}, but ${expect.region} is expected. ${notStartedMessage(run)}`),
    );
  }
  const identity = yield* requireRead(run, 'GetCallerIdentity', (options) =>
    run.clients.identity.getCallerIdentity(options),
  );
  const account = identity.Account ?? '';
  if (expect.account !== undefined && expect.account !== account) {
    throw new RunStopped(
      refusalOf(
        run,
        'account',
        `The credentials belong to account ${account}, but ${expect.account} is expected. ${notStartedMessage(run)}`,
      ),
    );
  }
  yield runEvent(run, 'I2K811', `Account ${account}, region ${region}.`, { account, region });
  return { account, region };
}
