// The faults, each a row: what happens to the call that it is aimed at, and what the run must come to.
import { account } from './faults/account.ts';
import { transport } from './faults/transport.ts';
import { user } from './faults/user.ts';
import type { FaultRow } from './hook.ts';

export const faults: readonly FaultRow[] = [...transport, ...user, ...account];
