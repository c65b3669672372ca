// The runner's public surface: review, execute, and what becomes of a stack otherwise, each a stream of typed events.
export { type RecordConflict, findRecordConflicts, type StackRecord, recordSetsIn, type RemovedRecords, removeConflictingRecords, type DesiredRecord } from './dnsRecords/conflicts.ts';
export { setNegativeCacheTtl } from './dnsRecords/negativeCaching.ts';
export { currentVersionOf, type PushedSecret, pushSecret, maxSecretBytes, secretText, type DesiredSecret } from './secrets/pushSecret.ts';
export { type ServiceTargets, type ServiceSelector, findServiceTargets } from './lookups/serviceTargets.ts';
export {
  type ParameterChanges,
  maxParameterBytes,
  publishVariables,
  parameterChangesFor,
  readServiceVariables,
  serviceVariablesPath,
  type DesiredVariables,
} from './serviceVariables/publish.ts';
export { type CancelInput, cancel } from './deploy/cancel.ts';
export type { RootCause } from './operation/rootCause.ts';
export type { Clients, Clock } from './run/clients.ts';
export { type DataLossRisk, dataLossRiskOf } from './stack/dataLossGuard.ts';
export { type DeployedTemplate, readDeployedTemplate } from './deploy/deployedTemplate.ts';
export { type DestroyOptions, destroy } from './destroy/destroy.ts';
export { type DestroyInput, type DestroyReview, type ReviewedResource, reviewDestroy } from './destroy/review.ts';
export { type DriftInput, detectDrift } from './drift/detectDrift.ts';
export { type EventCode, type EventOf, event, eventDefinitions, isResult, type ResultEvent, type RunEvent } from './events/catalog.ts';
export type { DriftedProperty, DriftedResource } from './events/reportEvents.ts';
export type { EventLevel } from './events/entry.ts';
export type { StackOperation } from './events/reportEvents.ts';
export type { ConsoleOutput, LogLine } from './events/reportEvents.ts';
export type { ResourceEvent } from './events/operationEvents.ts';
export { deploy, type ExecuteOptions, execute } from './deploy/execute.ts';
export { type ClassifiedError, type ErrorKind, classifyError } from './sdk/errorClassification.ts';
export type { EndangeredResource } from './stack/dataLossGuard.ts';
export { inputHash, templateHash } from './deploy/stackInput.ts';
export type { Revision } from './history/revisions.ts';
export { type EarlierRevision, type EarlierRevisionInput, findEarlierRevision, type HistoryInput, readHistory } from './history/history.ts';
export type { AccountRegion } from './run/accountRegion.ts';
export type { StackOwner, StackInput } from './deploy/stackInput.ts';
export type { LeaseOptions } from './run/lease.ts';
export { type LogsInput, readLogs } from './logs/readLogs.ts';
export { dnsRecordsText as namesInWords, type DnsRecordsInput, reviewDnsRecords, writeDnsRecords } from './dnsRecords/writeRecords.ts';
export { type AliasTargets, ownershipRecordName, type DnsRecordsPlan, dnsRecordsPlan, recordOwnerOf } from './dnsRecords/plan.ts';
export { aliasTargetsOf, type CrossAccountNames, type CrossAccountZone, crossAccountNamesIn } from './dnsRecords/crossAccountNames.ts';
export { type ResourceOrigins, resourceOriginsIn } from './stack/resourceOrigins.ts';
export type * from './ports/cloudFormation.ts';
export type * from './ports/logs.ts';
export type * from './ports/route53.ts';
export type * from './ports/machines.ts';
export type * from './ports/parameters.ts';
export type * from './ports/secrets.ts';
export type * from './ports/serviceLookup.ts';
export type * from './ports/stackSets.ts';
export type * from './ports/route53.ts';
export { type RecoverInput, recover } from './deploy/recover.ts';
export { ndjsonLine } from './render/lines.ts';
export { plainLines } from './render/lines.ts';
export { printable } from './render/lines.ts';
export { type ProgressTree, type ProgressTreeOptions, newProgressTree } from './render/progressTree.ts';
export type { BlockingResource } from './stack/resources.ts';
export { exitCodeOf, exitCodes, type Outcome, type Reason, type Result } from './run/result.ts';
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
export { type IamPolicy, type IamPolicyInput, maxManagedPolicySize, iamPolicyOf, type IamStatement } from './iamPolicy/policy.ts';
export type { RunOptions } from './run/run.ts';
export { type BucketOptions, readBucketName, bucketAdapter, type EnvironmentBucket } from './sdk/bucket.ts';
export { type CallPermission, callPermissions, type ResourceScope, type PolicyUse } from './iamPolicy/callPermissions.ts';
export { systemClock } from './sdk/clock.ts';
export { type CloudFormationAdapter, cloudFormationAdapter } from './sdk/cloudFormation.ts';
export { dnsName } from './ports/route53.ts';
export { identityAdapter, type StsModule } from './sdk/identity.ts';
export { type LogsAdapter, logsAdapter } from './sdk/logs.ts';
export { machinesAdapter } from './sdk/machines.ts';
export { type DnsRecordsAdapter, dnsRecordsAdapter } from './sdk/route53.ts';
export type { SdkOptions } from './sdk/options.ts';
export { type ParametersAdapter, parametersAdapter } from './sdk/parameters.ts';
export { type SecretsAdapter, secretsAdapter } from './sdk/secrets.ts';
export { type ServiceLookupAdapter, serviceLookupAdapter } from './sdk/serviceLookup.ts';
export { type StackSetAdapter, stackSetAdapter } from './sdk/cloudFormation.ts';
export { type HostedZoneAdapter, hostedZoneAdapter } from './sdk/route53.ts';
export { deployStackSet, reviewStackSet, type StackSetOptions, type StackSetReview } from './stackSets/deploy.ts';
export { destroyStackSet, type DestroyStackSetInput } from './stackSets/destroy.ts';
export { type StackSetInput, stackSetHash } from './stackSets/input.ts';
export { type StackGraphOptions, runStackGraph, type StackGraphRun } from './stackGraph/runStackGraph.ts';
export { type StackGraphNode, type StackOrder, stackOrderOf, reversedDependencies } from './stackGraph/runStackGraph.ts';
export type { StackSummary, StackGraphSummary } from './stackGraph/summary.ts';
export { type StackStatus, type StackReadiness, readinessOf } from './stack/status.ts';
export { type WaitForStackInput, waitForStack } from './operation/wait.ts';
