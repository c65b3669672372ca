// The runner's public surface: review, execute, and what becomes of a stack otherwise, each a stream of typed events.
export { type Conflict, conflictsAt, type OwnRecord, recordsIn, type TakenNames, takeNames, type WantedRecord } from './account/names.ts';
export { setNegativeCaching } from './account/negativeCaching.ts';
export { currentVersion, type Pushed, pushSecret, secretLimit, secretText, type WantedSecret } from './account/secrets.ts';
export { type Found, type Selecting, selected } from './account/selected.ts';
export {
  type Changes,
  parameterLimit,
  publishVariables,
  variableChanges,
  variablesOf,
  variablesPath,
  type WantedVariables,
} from './account/serviceVariables.ts';
export { type CancelInput, cancel } from './cancel.ts';
export type { Cause } from './cause.ts';
export type { Clients, Clock } from './clients.ts';
export { type Worth, worthOf } from './data.ts';
export { type Deployed, deployed } from './deployed.ts';
export { type DestroyOptions, destroy } from './destroy.ts';
export { type DestroyInput, type DestroyReview, type Doomed, reviewDestroy } from './destroyreview.ts';
export { type DriftInput, drift } from './drift.ts';
export { type EventCode, type EventOf, event, events, isResult, type ResultEvent, type RunEvent } from './events/catalog.ts';
export type { Difference, Drifted } from './events/drift.ts';
export type { Level } from './events/entry.ts';
export type { StackOperation } from './events/history.ts';
export type { ConsoleOutput, LogLine } from './events/logs.ts';
export type { ResourceEvent } from './events/wait.ts';
export { deploy, type ExecuteOptions, execute } from './execute.ts';
export { type Fault, type FaultKind, faultOf } from './fault.ts';
export type { Endangered } from './guard.ts';
export { inputHash, templateHash } from './hash.ts';
export type { Revision } from './history/revisions.ts';
export { type Earlier, type EarlierInput, earlier, type HistoryInput, history } from './history.ts';
export type { Place } from './identity.ts';
export type { Owner, StackInput } from './input.ts';
export type { LeaseOptions } from './lease.ts';
export { type LogsInput, logs } from './logs.ts';
export { inWords as namesInWords, type NamesInput, reviewNames, writeNames } from './names/index.ts';
export { type Aliases, markOf, type NamesPlan, namesPlan, ownerOf } from './names/plan.ts';
export { aliasesOf, type ForeignNames, type ForeignZone, namesIn } from './names/template.ts';
export { type Origins, originsIn } from './origins.ts';
export type * from './ports/cloudformation.ts';
export type * from './ports/logs.ts';
export type * from './ports/names.ts';
export type * from './ports/others.ts';
export type * from './ports/parameters.ts';
export type * from './ports/secrets.ts';
export type * from './ports/serving.ts';
export type * from './ports/stacksets.ts';
export type * from './ports/zone.ts';
export { type RecoverInput, recover } from './recover.ts';
export { ndjson } from './render/ndjson.ts';
export { plain } from './render/plain.ts';
export { printable } from './render/printable.ts';
export { type Tree, type TreeOptions, tree } from './render/tree.ts';
export type { Held } from './resources.ts';
export { exitCode, exitCodes, type Outcome, type Reason, type Result } from './result.ts';
export {
  type AttachReview,
  type BlockedReview,
  type ChangeSetReview,
  type DeferredReview,
  type Review,
  type ReviewOptions,
  review,
  type UnchangedReview,
} from './review.ts';
export { type Policy, type PolicyInput, policyLimit, policyOf, type Statement } from './rights/policy.ts';
export type { RunOptions } from './run.ts';
export { type BucketOptions, bucketName, bucketPort, type EnvironmentBucket } from './sdk/bucket.ts';
export { type Call, calls, type Scope, type Use } from './sdk/calls.ts';
export { systemClock } from './sdk/clock.ts';
export { type CloudFormationAdapter, cloudFormationAdapter } from './sdk/cloudformation.ts';
export { dnsName } from './sdk/dns.ts';
export { identityPort, type StsModule } from './sdk/identity.ts';
export { type LogsAdapter, logsAdapter } from './sdk/logs.ts';
export { machinesPort } from './sdk/machines.ts';
export { type NamesAdapter, namesPort } from './sdk/names.ts';
export type { SdkOptions } from './sdk/options.ts';
export { type ParametersAdapter, parametersPort } from './sdk/parameters.ts';
export { type SecretsAdapter, secretsPort } from './sdk/secrets.ts';
export { type ServingAdapter, servingPort } from './sdk/serving.ts';
export { type StackSetAdapter, stackSetAdapter } from './sdk/stacksets.ts';
export { type ZoneAdapter, zoneAdapter } from './sdk/zone.ts';
export { deploySet, reviewSet, type SetOptions, type SetReview } from './sets/deploy.ts';
export { destroySet, type SetToDestroy } from './sets/destroy.ts';
export { type SetInput, setHash } from './sets/input.ts';
export { type AllOptions, all, type StackRun } from './stacks/all.ts';
export { type Node, type Order, orderOf, reversed } from './stacks/order.ts';
export type { StackSummary, Summary } from './stacks/summary.ts';
export { type StackStatus, type Standing, standing } from './status.ts';
export { type WaitInput, wait } from './wait.ts';
