// The faults, each a row: what happens to the call that it is aimed at, and what the run must come to.

import type { FaultRow } from './faultHook.ts';
import { accountFaults } from './faults/account.ts';
import { transportFaults } from './faults/transport.ts';
import { userFaults } from './faults/user.ts';

export const faults: readonly FaultRow[] = [...transportFaults, ...userFaults, ...accountFaults];
