// The faults, one per row: the effect on the targeted call, and the required outcome of the run.

import type { FaultRow } from './faultHook.ts';
import { accountFaults } from './faults/account.ts';
import { transportFaults } from './faults/transport.ts';
import { userFaults } from './faults/user.ts';

export const faults: readonly FaultRow[] = [...transportFaults, ...userFaults, ...accountFaults];
