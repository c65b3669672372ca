// The runner's public API: review, execute, and the other operations on stacks, each a stream of typed events.

export {
  type ClassifiedError,
  type Clock,
  classifyError,
  type ErrorKind,
  type SdkOptions,
  systemClock,
} from '@i2kit/aws';
export { type CancelInput, cancel } from './deploy/cancel.ts';
export { type DeployedTemplate, readDeployedTemplate } from './deploy/deployedTemplate.ts';
export { deploy, type ExecuteOptions, execute } from './deploy/execute.ts';
export { type RecoverInput, recover } from './deploy/recover.ts';
export {
  type AttachReview,
  type BlockedReview,
  type ChangeSetReview,
  type DeferredReview,
  type Review,
  type ReviewOptions,
  reviewStack,
  type UnchangedReview,
} from './deploy/review.ts';
export type { StackInput, StackOwner } from './deploy/stackInput.ts';
export { inputHash, templateHash } from './deploy/stackInput.ts';
export { type DestroyOptions, destroy } from './destroy/destroy.ts';
export { type DestroyInput, type DestroyReview, type ReviewedResource, reviewDestroy } from './destroy/review.ts';
export {
  type DesiredRecord,
  findRecordConflicts,
  type RecordConflict,
  type RemovedRecords,
  recordSetsIn,
  removeConflictingRecords,
  type StackRecord,
} from './dnsRecords/conflicts.ts';
export {
  aliasTargetsOf,
  type CrossAccountNames,
  type CrossAccountZone,
  crossAccountNamesIn,
} from './dnsRecords/crossAccountNames.ts';
export { setNegativeCacheTtl } from './dnsRecords/negativeCaching.ts';
export {
  type AliasTargets,
  type DnsRecordsPlan,
  dnsRecordsPlan,
  ownershipRecordName,
  recordOwnerOf,
} from './dnsRecords/plan.ts';
export {
  type DnsRecordsInput,
  dnsRecordsText as namesInWords,
  reviewDnsRecords,
  writeDnsRecords,
} from './dnsRecords/writeRecords.ts';
export { type DriftInput, detectDrift } from './drift/detectDrift.ts';
export {
  type EventCode,
  type EventOf,
  event,
  eventDefinitions,
  isResult,
  type ResultEvent,
  type RunEvent,
} from './events/catalog.ts';
export type { EventLevel } from './events/entry.ts';
export type { ResourceEvent } from './events/operationEvents.ts';
export type {
  ConsoleOutput,
  DriftedProperty,
  DriftedResource,
  LogLine,
  StackOperation,
} from './events/reportEvents.ts';
export {
  type EarlierRevision,
  type EarlierRevisionInput,
  findEarlierRevision,
  type HistoryInput,
  readHistory,
} from './history/history.ts';
export type { Revision } from './history/revisions.ts';
export {
  type CallPermission,
  callPermissions,
  type PolicyUse,
  type ResourceScope,
} from './iamPolicy/callPermissions.ts';
export {
  type IamPolicy,
  type IamPolicyInput,
  type IamStatement,
  iamPolicyOf,
  maxManagedPolicySize,
} from './iamPolicy/policy.ts';
export { type LogsInput, readLogs } from './logs/readLogs.ts';
export { findServiceTargets, type ServiceSelector, type ServiceTargets } from './lookups/serviceTargets.ts';
export type { RootCause } from './operation/rootCause.ts';
export { type WaitForStackInput, waitForStack } from './operation/wait.ts';
export type * from './ports/cloudFormation.ts';
export type * from './ports/logs.ts';
export type * from './ports/machines.ts';
export type * from './ports/parameters.ts';
export type * from './ports/route53.ts';
export { dnsName } from './ports/route53.ts';
export type * from './ports/secrets.ts';
export type * from './ports/serviceLookup.ts';
export type * from './ports/stackSets.ts';
export { ndjsonLine, plainLines, printable } from './render/lines.ts';
export { newProgressTree, type ProgressTree, type ProgressTreeOptions } from './render/progressTree.ts';
export type { AccountRegion } from './run/accountRegion.ts';
export type { Clients } from './run/clients.ts';
export type { LeaseOptions } from './run/lease.ts';
export { exitCodeOf, exitCodes, type Outcome, type Reason, type Result } from './run/result.ts';
export { type RunOptions, RunStopped } from './run/run.ts';
export { type BucketOptions, bucketAdapter, type EnvironmentBucket, readBucketName } from './sdk/bucket.ts';
export {
  type CloudFormationAdapter,
  cloudFormationAdapter,
  type StackSetAdapter,
  stackSetAdapter,
} from './sdk/cloudFormation.ts';
export { identityAdapter, type StsModule } from './sdk/identity.ts';
export { type LogsAdapter, logsAdapter } from './sdk/logs.ts';
export { machinesAdapter } from './sdk/machines.ts';
export { type ParametersAdapter, parametersAdapter } from './sdk/parameters.ts';
export { type DnsRecordsAdapter, dnsRecordsAdapter, type HostedZoneAdapter, hostedZoneAdapter } from './sdk/route53.ts';
export { type SecretsAdapter, secretsAdapter } from './sdk/secrets.ts';
export { type ServiceLookupAdapter, serviceLookupAdapter } from './sdk/serviceLookup.ts';
export {
  currentVersionOf,
  type DesiredSecret,
  maxSecretBytes,
  type PushedSecret,
  pushSecret,
  secretText,
} from './secrets/pushSecret.ts';
export {
  type DesiredVariables,
  maxParameterBytes,
  type ParameterChanges,
  parameterChangesFor,
  publishVariables,
  readServiceVariables,
  serviceVariablesPath,
} from './serviceVariables/publish.ts';
export type { EndangeredResource } from './stack/dataLossGuard.ts';
export { type DataLossRisk, dataLossRiskOf } from './stack/dataLossGuard.ts';
export { type ResourceOrigins, resourceOriginsIn } from './stack/resourceOrigins.ts';
export type { BlockingResource } from './stack/resources.ts';
export { readinessOf, type StackReadiness, type StackStatus } from './stack/status.ts';
export {
  reversedDependencies,
  runStackGraph,
  type StackGraphNode,
  type StackGraphOptions,
  type StackGraphRun,
  stackOrderOf,
} from './stackGraph/runStackGraph.ts';
export type { StackGraphSummary, StackSummary } from './stackGraph/summary.ts';
export { deployStackSet, type StackSetOptions } from './stackSets/deploy.ts';
export { type DestroyStackSetInput, destroyStackSet } from './stackSets/destroy.ts';
export { type StackSetInput, stackSetHash } from './stackSets/input.ts';
export { reviewStackSet, type StackSetReview } from './stackSets/review.ts';
