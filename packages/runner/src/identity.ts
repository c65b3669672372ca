// Wrong account, wrong region: asserted before anything is written.
import { must } from './call.ts';
import { nothing, type Run, refuse, type Steps, say, stop } from './run.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Gives where the clients are; refuses where that is not what is expected. */
export async function* assertPlace(run: Run, expect: Partial<Place>): Steps<Place> {
  const { region } = run.clients;
  if (expect.region !== undefined && expect.region !== region) {
    throw stop(refuse(run, 'region', `This is ${region}, and ${expect.region} is meant. ${nothing(run)}`));
  }
  const identity = yield* must(run, 'GetCallerIdentity', (options) => run.clients.identity.getCallerIdentity(options));
  const account = identity.Account ?? '';
  if (expect.account !== undefined && expect.account !== account) {
    throw stop(refuse(run, 'account', `These credentials are of account ${account}, and ${expect.account} is meant. ${nothing(run)}`));
  }
  yield say(run, 'I2K811', `Account ${account}, region ${region}.`, { account, region });
  return { account, region };
}
