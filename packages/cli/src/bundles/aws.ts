// Entry point of the AWS bundle: the commands' AWS operations.

import { fetchDeployedTemplate as asking } from '../aws/deployedTemplate.ts';
import { reportingAwsErrors } from '../aws/failures.ts';
import { checkAccount as guarding } from '../aws/guards/account.ts';
import { checkStackSetAccounts as guardingSet } from '../aws/guards/stackSet.ts';
import { findExistingResources as lookingUp } from '../aws/lookups/existingResources.ts';
import {
  runStackSetApply as applyingSet,
  runStackSetDestroy as destroyingSet,
  runStackSetStatus as lookingAtSet,
} from '../aws/stackSets.ts';
import { runApply as applying } from '../commands/apply/run.ts';
import { runCancel as cancelling } from '../commands/cancel/run.ts';
import { findServices as findingServices } from '../commands/context/run.ts';
import { runDestroy as destroying } from '../commands/destroy/run.ts';
import { runDrift as comparing } from '../commands/drift/run.ts';
import { runEvents as showing } from '../commands/events/run.ts';
import { runHistory as telling } from '../commands/history/run.ts';
import { runIamPolicy as policing } from '../commands/iamPolicy/run.ts';
import { runLogs as reading } from '../commands/logs/run.ts';
import { runRebuildLock as rebuilding } from '../commands/recover/rebuildLock.ts';
import { runRecover as recovering } from '../commands/recover/run.ts';
import { runRollback as goingBack } from '../commands/rollback/run.ts';
import { listSecrets as listing, pushSecrets as pushing, removeSecret as removing } from '../commands/secrets/run.ts';
import { runStatus as looking } from '../commands/status/run.ts';
import type { Aws } from '../ports/aws.ts';

// The SDK would print a warning about Node.js 20 in the middle of a table.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

export const checkAccount: Aws['checkAccount'] = reportingAwsErrors(guarding);
export const checkStackSetAccounts: Aws['checkStackSetAccounts'] = reportingAwsErrors(guardingSet);
export const findExistingResources: Aws['findExistingResources'] = reportingAwsErrors(lookingUp);
export const apply: Aws['apply'] = reportingAwsErrors(applying);
export const fetchDeployedTemplate: Aws['fetchDeployedTemplate'] = asking;
export const destroy: Aws['destroy'] = reportingAwsErrors(destroying);
export const applyStackSet: Aws['applyStackSet'] = reportingAwsErrors(applyingSet);
export const destroyStackSet: Aws['destroyStackSet'] = reportingAwsErrors(destroyingSet);
export const showStackSetStatus: Aws['showStackSetStatus'] = reportingAwsErrors(lookingAtSet);
export const status: Aws['status'] = reportingAwsErrors(looking);
export const events: Aws['events'] = reportingAwsErrors(showing);
export const drift: Aws['drift'] = reportingAwsErrors(comparing);
export const history: Aws['history'] = reportingAwsErrors(telling);
export const rollback: Aws['rollback'] = reportingAwsErrors(goingBack);
export const logs: Aws['logs'] = reportingAwsErrors(reading);
export const rebuildLock: Aws['rebuildLock'] = reportingAwsErrors(rebuilding);
export const recover: Aws['recover'] = reportingAwsErrors(recovering);
export const cancel: Aws['cancel'] = reportingAwsErrors(cancelling);
export const pushSecrets: Aws['pushSecrets'] = pushing;
export const listSecrets: Aws['listSecrets'] = reportingAwsErrors(listing);
export const removeSecret: Aws['removeSecret'] = reportingAwsErrors(removing);
export const findServices: Aws['findServices'] = findingServices;
export const iamPolicy: Aws['iamPolicy'] = policing;
