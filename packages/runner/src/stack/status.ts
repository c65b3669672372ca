// Every status of a stack, and the operations that it allows.

/**
 * The operation that a stack's status allows.
 * - `create`: it does not exist, or has only an unexecuted CREATE change set
 * - `update`: it is at rest and accepts a change set
 * - `remake`: its creation failed; it can only be deleted
 * - `recover`: its rollback failed; only ContinueUpdateRollback helps
 * - `held`: its deletion failed
 * - `stuck`: an import's rollback failed; it needs manual repair
 * - `busy`: an operation is in progress
 */
export type StackReadiness = 'create' | 'update' | 'remake' | 'recover' | 'held' | 'stuck' | 'busy';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
const readinessByStatus = {
  REVIEW_IN_PROGRESS: 'create',
  DELETE_COMPLETE: 'create',
  CREATE_COMPLETE: 'update',
  UPDATE_COMPLETE: 'update',
  UPDATE_FAILED: 'update',
  UPDATE_ROLLBACK_COMPLETE: 'update',
  IMPORT_COMPLETE: 'update',
  IMPORT_ROLLBACK_COMPLETE: 'update',
  CREATE_FAILED: 'remake',
  ROLLBACK_COMPLETE: 'remake',
  ROLLBACK_FAILED: 'remake',
  UPDATE_ROLLBACK_FAILED: 'recover',
  DELETE_FAILED: 'held',
  IMPORT_ROLLBACK_FAILED: 'stuck',
  CREATE_IN_PROGRESS: 'busy',
  ROLLBACK_IN_PROGRESS: 'busy',
  UPDATE_IN_PROGRESS: 'busy',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'busy',
  UPDATE_ROLLBACK_IN_PROGRESS: 'busy',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'busy',
  DELETE_IN_PROGRESS: 'busy',
  IMPORT_IN_PROGRESS: 'busy',
  IMPORT_ROLLBACK_IN_PROGRESS: 'busy',
} as const satisfies Readonly<Record<string, StackReadiness>>;

export type StackStatus = keyof typeof readinessByStatus;

export const stackStatuses = Object.keys(readinessByStatus) as readonly StackStatus[];

export const isStackStatus = (text: string): text is StackStatus => Object.hasOwn(readinessByStatus, text);

/** Undefined is a stack that does not exist. An unknown status counts as busy. */
export const readinessOf = (status: string | undefined): StackReadiness =>
  status === undefined ? 'create' : isStackStatus(status) ? readinessByStatus[status] : 'busy';

/** The goal of an operation. */
export type OperationGoal = 'deploy' | 'delete' | 'recover' | 'cancel';

export type GoalState = 'reached' | 'failed' | 'running';

const statusesReaching: Readonly<Record<OperationGoal, readonly string[]>> = {
  deploy: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE'],
  delete: ['DELETE_COMPLETE'],
  recover: ['UPDATE_ROLLBACK_COMPLETE'],
  cancel: ['UPDATE_ROLLBACK_COMPLETE'],
};

/** Whether a status ends an operation, and how. A rollback's `_COMPLETE` is not the goal of a deployment. */
export function goalStateOf(goal: OperationGoal, status: string): GoalState {
  if (status.endsWith('_IN_PROGRESS') || !isStackStatus(status)) return 'running';
  return statusesReaching[goal].includes(status) ? 'reached' : 'failed';
}
