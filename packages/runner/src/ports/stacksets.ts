// The part of CloudFormation StackSets that the runner uses, in CloudFormation's own spelling.
import type { CallOptions, ParameterValue } from './cloudformation.ts';

export interface Preferences {
  RegionConcurrencyType?: 'SEQUENTIAL' | 'PARALLEL';
  RegionOrder?: string[];
  FailureToleranceCount?: number;
  FailureTolerancePercentage?: number;
  MaxConcurrentCount?: number;
  MaxConcurrentPercentage?: number;
}

interface Body {
  StackSetName: string;
  TemplateBody?: string;
  TemplateURL?: string;
  Description?: string;
  Parameters?: { ParameterKey: string; ParameterValue: string }[];
  Capabilities?: string[];
  Tags?: { Key: string; Value: string }[];
  AdministrationRoleARN?: string;
  ExecutionRoleName?: string;
  PermissionModel?: 'SELF_MANAGED' | 'SERVICE_MANAGED';
  AutoDeployment?: { Enabled: boolean; RetainStacksOnAccountRemoval: boolean };
}

export interface CreateStackSetInput extends Body {
  ClientRequestToken: string;
}

export interface UpdateStackSetInput extends Body {
  OperationId: string;
  OperationPreferences?: Preferences;
}

/** Which stacks: accounts or units, in regions. */
export interface Places {
  Accounts?: string[];
  DeploymentTargets?: { OrganizationalUnitIds: string[] };
  Regions: string[];
}

export interface InstancesInput extends Places {
  StackSetName: string;
  OperationId: string;
  OperationPreferences?: Preferences;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSet.html */
export interface StackSetOutput {
  StackSetId?: string | undefined;
  Status?: string | undefined;
  TemplateBody?: string | undefined;
  Parameters?: ParameterValue[] | undefined;
  Tags?: { Key?: string | undefined; Value?: string | undefined }[] | undefined;
  AdministrationRoleARN?: string | undefined;
  ExecutionRoleName?: string | undefined;
  PermissionModel?: string | undefined;
  OrganizationalUnitIds?: string[] | undefined;
  Regions?: string[] | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceSummary.html */
export interface InstanceOutput {
  Account?: string | undefined;
  Region?: string | undefined;
  StackId?: string | undefined;
  Status?: string | undefined;
  StatusReason?: string | undefined;
  OrganizationalUnitId?: string | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperation.html */
export interface OperationOutput {
  OperationId?: string | undefined;
  Action?: string | undefined;
  Status?: string | undefined;
  StatusReason?: string | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationResultSummary.html */
export interface OperationResultOutput {
  Account?: string | undefined;
  Region?: string | undefined;
  Status?: string | undefined;
  StatusReason?: string | undefined;
}

type Page<T> = { Summaries?: T[] | undefined; NextToken?: string | undefined };

export interface StackSetPort {
  describeStackSet(input: { StackSetName: string }, options?: CallOptions): Promise<{ StackSet?: StackSetOutput | undefined }>;
  createStackSet(input: CreateStackSetInput, options?: CallOptions): Promise<{ StackSetId?: string | undefined }>;
  updateStackSet(input: UpdateStackSetInput, options?: CallOptions): Promise<{ OperationId?: string | undefined }>;
  deleteStackSet(input: { StackSetName: string }, options?: CallOptions): Promise<unknown>;
  createStackInstances(input: InstancesInput, options?: CallOptions): Promise<{ OperationId?: string | undefined }>;
  deleteStackInstances(
    input: InstancesInput & { RetainStacks: false },
    options?: CallOptions,
  ): Promise<{ OperationId?: string | undefined }>;
  listStackInstances(input: { StackSetName: string; NextToken?: string }, options?: CallOptions): Promise<Page<InstanceOutput>>;
  listStackSetOperations(input: { StackSetName: string; NextToken?: string }, options?: CallOptions): Promise<Page<OperationOutput>>;
  describeStackSetOperation(
    input: { StackSetName: string; OperationId: string },
    options?: CallOptions,
  ): Promise<{ StackSetOperation?: OperationOutput | undefined }>;
  listStackSetOperationResults(
    input: { StackSetName: string; OperationId: string; NextToken?: string },
    options?: CallOptions,
  ): Promise<Page<OperationResultOutput>>;
}
