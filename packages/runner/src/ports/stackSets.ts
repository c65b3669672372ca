// The CloudFormation StackSets calls of the runner, in CloudFormation's own spelling.
import type { CallOptions, StackParameter } from './cloudFormation.ts';

export interface OperationPreferences {
  RegionConcurrencyType?: 'SEQUENTIAL' | 'PARALLEL';
  RegionOrder?: string[];
  FailureToleranceCount?: number;
  FailureTolerancePercentage?: number;
  MaxConcurrentCount?: number;
  MaxConcurrentPercentage?: number;
}

interface StackSetBody {
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

export interface CreateStackSetInput extends StackSetBody {
  ClientRequestToken: string;
}

export interface UpdateStackSetInput extends StackSetBody {
  OperationId: string;
  OperationPreferences?: OperationPreferences;
}

/** A selection of stacks: accounts or organizational units, and regions. */
export interface StackInstanceTargets {
  Accounts?: string[];
  DeploymentTargets?: { OrganizationalUnitIds: string[] };
  Regions: string[];
}

export interface StackInstancesInput extends StackInstanceTargets {
  StackSetName: string;
  OperationId: string;
  OperationPreferences?: OperationPreferences;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSet.html */
export interface StackSetDescription {
  StackSetId?: string | undefined;
  Status?: string | undefined;
  TemplateBody?: string | undefined;
  Parameters?: StackParameter[] | undefined;
  Tags?: { Key?: string | undefined; Value?: string | undefined }[] | undefined;
  AdministrationRoleARN?: string | undefined;
  ExecutionRoleName?: string | undefined;
  PermissionModel?: string | undefined;
  OrganizationalUnitIds?: string[] | undefined;
  Regions?: string[] | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceSummary.html */
export interface StackInstance {
  Account?: string | undefined;
  Region?: string | undefined;
  StackId?: string | undefined;
  Status?: string | undefined;
  StatusReason?: string | undefined;
  OrganizationalUnitId?: string | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperation.html */
export interface StackSetOperation {
  OperationId?: string | undefined;
  Action?: string | undefined;
  Status?: string | undefined;
  StatusReason?: string | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationResultSummary.html */
export interface StackSetOperationResult {
  Account?: string | undefined;
  Region?: string | undefined;
  Status?: string | undefined;
  StatusReason?: string | undefined;
}

type SummaryPage<T> = { Summaries?: T[] | undefined; NextToken?: string | undefined };

export interface StackSetPort {
  describeStackSet(
    input: { StackSetName: string },
    options?: CallOptions,
  ): Promise<{ StackSet?: StackSetDescription | undefined }>;
  createStackSet(input: CreateStackSetInput, options?: CallOptions): Promise<{ StackSetId?: string | undefined }>;
  updateStackSet(input: UpdateStackSetInput, options?: CallOptions): Promise<{ OperationId?: string | undefined }>;
  deleteStackSet(input: { StackSetName: string }, options?: CallOptions): Promise<unknown>;
  createStackInstances(
    input: StackInstancesInput,
    options?: CallOptions,
  ): Promise<{ OperationId?: string | undefined }>;
  deleteStackInstances(
    input: StackInstancesInput & { RetainStacks: false },
    options?: CallOptions,
  ): Promise<{ OperationId?: string | undefined }>;
  listStackInstances(
    input: { StackSetName: string; NextToken?: string },
    options?: CallOptions,
  ): Promise<SummaryPage<StackInstance>>;
  listStackSetOperations(
    input: { StackSetName: string; NextToken?: string },
    options?: CallOptions,
  ): Promise<SummaryPage<StackSetOperation>>;
  describeStackSetOperation(
    input: { StackSetName: string; OperationId: string },
    options?: CallOptions,
  ): Promise<{ StackSetOperation?: StackSetOperation | undefined }>;
  listStackSetOperationResults(
    input: { StackSetName: string; OperationId: string; NextToken?: string },
    options?: CallOptions,
  ): Promise<SummaryPage<StackSetOperationResult>>;
}
