// Interface of the AWS bundle (`bundles/aws.ts`), which is loaded on demand.
import type { Outcome } from '@i2kit/common';
import type {
  AccountLookup,
  CompileOptions,
  Config,
  ExistingResources,
  ExternalLoadBalancer,
  Plan,
  SecretObject,
  Source,
  Stack,
} from '@i2kit/compiler';
import type { IamPolicyInput } from '@i2kit/runner';
import type { SettingError } from '../config/existingResources.ts';
import type { LockFile } from '../config/lockFile.ts';
import type { DesiredStackSet } from '../config/stacks.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit.ts';
import type { Change } from '../guardTable.ts';
import type { OutputFile } from '../output/writeFiles.ts';

/** By the stack tags `i2kit:env` and `i2kit:app`; the stack of an environment has no app. */
export interface Owner {
  readonly env: string;
  readonly app?: string;
}

/** The desired state of a stack. */
export interface DesiredStack {
  readonly stackName: string;
  readonly owner: Owner;
  readonly region: string | undefined;
  /** The template's text. */
  readonly template: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Names of the stacks that must exist first, as far as they are deployed too. */
  readonly dependsOn?: readonly string[];
  readonly assets: readonly Asset[];
  /** Written before anything is executed: the lock file. */
  readonly files: readonly OutputFile[];
  /** Domain of the zone whose id is a parameter of the template. */
  readonly publicZone?: string;
  readonly roleArn?: string;
  readonly notificationArns?: readonly string[];
  /** Service variables of the app, by namespace; absent if the stack has no machines. */
  readonly variables?: Plan['serviceVariables'];
}

/** The lookups to make, and the known results. */
export interface ResourceLookup {
  readonly config: Config;
  readonly asked: AccountLookup;
  readonly known: ExistingResources | undefined;
  readonly region: string | undefined;
}

export type ResourceLookupResult = Outcome<ExistingResources, SettingError>;

export interface Asset {
  readonly key: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** Requirements of an input on the account, besides its own stack. */
export interface Requirements {
  readonly options: CompileOptions;
  readonly plan: Plan;
  readonly stacks: readonly Stack[];
  readonly region: string | undefined;
  /** Texts that diagnostics point into. */
  readonly texts: readonly Source[];
  /** The environment that is deployed before, in the same run. */
  readonly environment?: DesiredStack;
}

/** Without `services` nothing can be looked up. */
export interface ExternalServicesResult {
  readonly code: ExitCode;
  readonly services?: Readonly<Record<string, readonly ExternalLoadBalancer[]>>;
}

/** The stack that a command selects. */
export interface SelectedStack {
  readonly stackName: string;
  readonly region: string | undefined;
  /** The environment of flags and configuration; the stack's own tag overrides it. */
  readonly env: string;
  /** The name is that of a stack set. */
  readonly stackSet: boolean;
  /** The expected owner; absent if the user named the stack itself. */
  readonly owner?: Owner;
  /** The environment's name, if this is an environment's stack. */
  readonly foundationOf?: string;
}

/** Secrets of an environment, in Secrets Manager. */
export interface SecretsScope {
  readonly env: string;
  readonly region: string | undefined;
}

/** The pushed secrets: version ids by name, also of those before a failed one. */
export interface PushedSecrets {
  readonly code: ExitCode;
  readonly versions: Readonly<Record<string, string>>;
}

/** Objects that refer to a secret, by its name, and the locked version. */
export type SecretReferences = Readonly<Record<string, { readonly by: readonly string[]; readonly locked?: string }>>;

/** The deployed template; empty if the stack does not exist. */
export interface DeployedTemplate {
  readonly template?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A call that AWS refused, or that did not reach AWS. */
export interface AwsFailure {
  /** One sentence. */
  readonly message: string;
  readonly hint?: string;
  readonly exit: ExitCode;
}

export interface Aws {
  /** Checks that the account meets the input's requirements; else reports why not. Writes nothing. */
  checkAccount(context: Context, change: Change, demands: Requirements): Promise<ExitCode>;
  /** The same for a stack set, in each of its regions in the own account; lists the requirements of other accounts. */
  checkStackSetAccounts(context: Context, demands: Requirements, set: DesiredStackSet): Promise<ExitCode>;
  /** Prints the policy; makes no AWS calls. */
  iamPolicy(context: Context, input: IamPolicyInput): Promise<ExitCode>;
  /** Load balancers of Services that select nothing in the input. */
  findServices(context: Context, demands: Requirements): Promise<ExternalServicesResult>;
  /** Finds and verifies the existing resources that the settings name, and returns the completed results. */
  findExistingResources(
    context: Context,
    what: ResourceLookup,
    then: (answer: ResourceLookupResult) => Promise<ExitCode>,
  ): Promise<ExitCode>;
  /**
   * Reviews all, asks once and executes, each after its dependencies; without stacks, executes the review in a file.
   */
  apply(context: Context, change: Change, wanted: readonly DesiredStack[]): Promise<ExitCode>;
  fetchDeployedTemplate(
    context: Context,
    stack: { readonly stackName: string; readonly region: string | undefined },
  ): Promise<Outcome<DeployedTemplate, AwsFailure>>;
  /** The same as a stack set: one stack in each of several accounts and regions. */
  applyStackSet(context: Context, wanted: DesiredStack, set: DesiredStackSet): Promise<ExitCode>;
  destroyStackSet(context: Context, named: SelectedStack): Promise<ExitCode>;
  showStackSetStatus(context: Context, named: SelectedStack): Promise<ExitCode>;
  destroy(context: Context, named: SelectedStack): Promise<ExitCode>;
  status(context: Context, named: SelectedStack): Promise<ExitCode>;
  events(context: Context, named: SelectedStack): Promise<ExitCode>;
  drift(context: Context, named: SelectedStack): Promise<ExitCode>;
  history(context: Context, named: SelectedStack): Promise<ExitCode>;
  logs(context: Context, named: SelectedStack): Promise<ExitCode>;
  rollback(context: Context, named: SelectedStack): Promise<ExitCode>;
  recover(context: Context, named: SelectedStack): Promise<ExitCode>;
  /** Writes the app's decisions to the lock file again, from its deployed stacks. */
  rebuildLock(context: Context, named: SelectedStack, file: LockFile): Promise<ExitCode>;
  cancel(context: Context, named: SelectedStack): Promise<ExitCode>;
  pushSecrets(
    context: Context,
    asked: SecretsScope & { readonly app: string; readonly secrets: readonly SecretObject[] },
  ): Promise<PushedSecrets>;
  listSecrets(context: Context, asked: SecretsScope & { readonly referring: SecretReferences }): Promise<ExitCode>;
  /** `name` is the full name. */
  removeSecret(context: Context, asked: SecretsScope & { readonly name: string }): Promise<ExitCode>;
}
