// Where the second bundle begins: everything of the command line that talks to AWS.
import type { Aws } from '../aws-ports.ts';
import { apply as applying } from './apply.ts';
import { cancel as cancelling } from './cancel.ts';
import { deployed as asking } from './deployed.ts';
import { destroy as destroying } from './destroy.ts';
import { drift as comparing } from './drift.ts';
import { events as showing } from './events.ts';
import { lookUp as lookingUp } from './existing/index.ts';
import { guarded } from './failure.ts';
import { findServices as findingServices } from './findservices.ts';
import { guard as guarding } from './guard.ts';
import { guardSet as guardingSet } from './guardset.ts';
import { history as telling } from './history.ts';
import { iamPolicy as policing } from './iampolicy.ts';
import { logs as reading } from './logs.ts';
import { recover as recovering } from './recover.ts';
import { rollback as goingBack } from './rollback.ts';
import { listSecrets as listing, pushSecrets as pushing, removeSecret as removing } from './secrets.ts';
import { applySet as applyingSet, destroySetNamed as destroyingSet, setStatus as lookingAtSet } from './sets.ts';
import { status as looking } from './status.ts';

// The SDK would warn of Node 20 in the middle of a table.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

export const guard: Aws['guard'] = guarded(guarding);
export const guardSet: Aws['guardSet'] = guarded(guardingSet);
export const lookUp: Aws['lookUp'] = guarded(lookingUp);
export const apply: Aws['apply'] = guarded(applying);
export const deployed: Aws['deployed'] = asking;
export const destroy: Aws['destroy'] = guarded(destroying);
export const applySet: Aws['applySet'] = guarded(applyingSet);
export const destroySet: Aws['destroySet'] = guarded(destroyingSet);
export const setStatus: Aws['setStatus'] = guarded(lookingAtSet);
export const status: Aws['status'] = guarded(looking);
export const events: Aws['events'] = guarded(showing);
export const drift: Aws['drift'] = guarded(comparing);
export const history: Aws['history'] = guarded(telling);
export const rollback: Aws['rollback'] = guarded(goingBack);
export const logs: Aws['logs'] = guarded(reading);
export const recover: Aws['recover'] = guarded(recovering);
export const cancel: Aws['cancel'] = guarded(cancelling);
export const pushSecrets: Aws['pushSecrets'] = pushing;
export const listSecrets: Aws['listSecrets'] = guarded(listing);
export const removeSecret: Aws['removeSecret'] = guarded(removing);
export const findServices: Aws['findServices'] = findingServices;
export const iamPolicy: Aws['iamPolicy'] = policing;
