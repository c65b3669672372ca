// The CloudFormation calls of the runner, in CloudFormation's own spelling, so that an adapter is one line per call.
import type { StackSetPort } from './stackSets.ts';

/** Passed to every call; an adapter may stop a read when `signal` is aborted. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface StackTag {
  Key?: string | undefined;
  Value?: string | undefined;
}

export interface StackParameter {
  ParameterKey?: string | undefined;
  ParameterValue?: string | undefined;
  /** Set if the parameter names a Systems Manager parameter: its value at deployment. */
  ResolvedValue?: string | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export interface StackDescription {
  StackId?: string | undefined;
  StackName?: string | undefined;
  StackStatus?: string | undefined;
  StackStatusReason?: string | undefined;
  /** The change set executed last; not every endpoint reports it. */
  ChangeSetId?: string | undefined;
  EnableTerminationProtection?: boolean | undefined;
  Tags?: StackTag[] | undefined;
  Outputs?: { OutputKey?: string | undefined; OutputValue?: string | undefined }[] | undefined;
  Parameters?: { ParameterKey?: string | undefined; ParameterValue?: string | undefined }[] | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
export interface StackResourceChange {
  Action?: string | undefined;
  LogicalResourceId?: string | undefined;
  PhysicalResourceId?: string | undefined;
  ResourceType?: string | undefined;
  Replacement?: string | undefined;
  PolicyAction?: string | undefined;
  Scope?: string[] | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export interface ChangeSetDescription {
  ChangeSetId?: string | undefined;
  ChangeSetName?: string | undefined;
  StackId?: string | undefined;
  Description?: string | undefined;
  Status?: string | undefined;
  StatusReason?: string | undefined;
  ExecutionStatus?: string | undefined;
  Parameters?: StackParameter[] | undefined;
  Tags?: StackTag[] | undefined;
  Capabilities?: string[] | undefined;
  NotificationARNs?: string[] | undefined;
  Changes?: { Type?: string | undefined; ResourceChange?: StackResourceChange | undefined }[] | undefined;
  NextToken?: string | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html */
export interface StackEvent {
  EventId?: string | undefined;
  StackId?: string | undefined;
  LogicalResourceId?: string | undefined;
  PhysicalResourceId?: string | undefined;
  ResourceType?: string | undefined;
  ResourceStatus?: string | undefined;
  ResourceStatusReason?: string | undefined;
  Timestamp?: Date | undefined;
  ClientRequestToken?: string | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceSummary.html */
export interface StackResourceSummary {
  LogicalResourceId?: string | undefined;
  PhysicalResourceId?: string | undefined;
  ResourceType?: string | undefined;
  ResourceStatus?: string | undefined;
  ResourceStatusReason?: string | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceDrift.html */
export interface StackResourceDrift {
  LogicalResourceId?: string | undefined;
  PhysicalResourceId?: string | undefined;
  ResourceType?: string | undefined;
  StackResourceDriftStatus?: string | undefined;
  DriftStatusReason?: string | undefined;
  PropertyDifferences?: PropertyDifference[] | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_PropertyDifference.html */
export interface PropertyDifference {
  PropertyPath?: string | undefined;
  ExpectedValue?: string | undefined;
  ActualValue?: string | undefined;
  DifferenceType?: string | undefined;
}

export interface CreateChangeSetInput {
  StackName: string;
  ChangeSetName: string;
  ChangeSetType: 'CREATE' | 'UPDATE';
  ClientToken: string;
  Description: string;
  TemplateBody?: string;
  TemplateURL?: string;
  Parameters?: { ParameterKey: string; ParameterValue: string }[];
  Capabilities?: string[];
  Tags?: { Key: string; Value: string }[];
  RoleARN?: string;
  NotificationARNs?: string[];
}

export interface ExecuteChangeSetInput {
  ChangeSetName: string;
  ClientRequestToken: string;
  DisableRollback?: boolean;
}

export interface DeleteStackInput {
  StackName: string;
  ClientRequestToken: string;
  RetainResources?: string[];
  RoleARN?: string;
}

/** Each call throws the SDK's errors; `classifyError` of `@i2kit/aws` reads them. */
export interface CloudFormationPort {
  describeStacks(
    input: { StackName: string },
    options?: CallOptions,
  ): Promise<{ Stacks?: StackDescription[] | undefined }>;
  createChangeSet(
    input: CreateChangeSetInput,
    options?: CallOptions,
  ): Promise<{ Id?: string | undefined; StackId?: string | undefined }>;
  describeChangeSet(
    input: { ChangeSetName: string; StackName?: string; NextToken?: string },
    options?: CallOptions,
  ): Promise<ChangeSetDescription>;
  deleteChangeSet(input: { ChangeSetName: string }, options?: CallOptions): Promise<unknown>;
  executeChangeSet(input: ExecuteChangeSetInput, options?: CallOptions): Promise<unknown>;
  getTemplate(
    input: { StackName?: string; ChangeSetName?: string; TemplateStage: 'Original' },
    options?: CallOptions,
  ): Promise<{ TemplateBody?: string | undefined }>;
  describeStackEvents(
    input: { StackName: string; NextToken?: string },
    options?: CallOptions,
  ): Promise<{ StackEvents?: StackEvent[] | undefined; NextToken?: string | undefined }>;
  listStackResources(
    input: { StackName: string; NextToken?: string },
    options?: CallOptions,
  ): Promise<{ StackResourceSummaries?: StackResourceSummary[] | undefined; NextToken?: string | undefined }>;
  deleteStack(input: DeleteStackInput, options?: CallOptions): Promise<unknown>;
  continueUpdateRollback(
    input: { StackName: string; ClientRequestToken: string; ResourcesToSkip?: string[] },
    options?: CallOptions,
  ): Promise<unknown>;
  cancelUpdateStack(input: { StackName: string; ClientRequestToken: string }, options?: CallOptions): Promise<unknown>;
  detectStackDrift(
    input: { StackName: string },
    options?: CallOptions,
  ): Promise<{ StackDriftDetectionId?: string | undefined }>;
  describeStackDriftDetectionStatus(
    input: { StackDriftDetectionId: string },
    options?: CallOptions,
  ): Promise<{
    DetectionStatus?: string | undefined;
    DetectionStatusReason?: string | undefined;
    StackDriftStatus?: string | undefined;
  }>;
  describeStackResourceDrifts(
    input: { StackName: string; NextToken?: string },
    options?: CallOptions,
  ): Promise<{ StackResourceDrifts?: StackResourceDrift[] | undefined; NextToken?: string | undefined }>;
}

/** A call's name as IAM and CloudTrail spell it, e.g. `ExecuteChangeSet`. */
export type ApiAction =
  | Capitalize<keyof CloudFormationPort>
  | Capitalize<keyof StackSetPort>
  | 'GetCallerIdentity'
  | 'ListResourceRecordSets'
  | 'ChangeResourceRecordSets'
  | 'GetChange'
  | 'PutObject'
  | 'GetObject'
  | 'DeleteObject'
  | 'FilterLogEvents'
  | 'DescribeLogStreams'
  | 'DescribeAutoScalingGroups'
  | 'GetConsoleOutput'
  | 'DescribeTargetHealth';
