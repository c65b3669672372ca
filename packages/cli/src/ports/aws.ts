// What commands ask of AWS; `aws/index.ts` gives it, in a bundle of its own that no other command loads.
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
import type { DesiredStackSet } from '../config/stacks.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit.ts';
import type { OutputFile } from '../output/writeFiles.ts';

/** By the tags of stacks, `i2kit:env` and `i2kit:app`; the stack of an environment has no app. */
export interface Owner {
  readonly env: string;
  readonly app?: string;
}

/** What a stack should become. */
export interface DesiredStack {
  readonly stackName: string;
  readonly owner: Owner;
  readonly region: string | undefined;
  /** The template's text. */
  readonly template: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Names of the stacks that must be there first, as far as they are wanted too. */
  readonly dependsOn?: readonly string[];
  readonly assets: readonly Asset[];
  /** Written before anything is executed: the lock. */
  readonly files: readonly OutputFile[];
  /** Domain of the zone whose id the template's parameter asks for. */
  readonly publicZone?: string;
  readonly roleArn?: string;
  readonly notificationArns?: readonly string[];
  /** What machines are told of the app's Services, by namespace; absent where the stack has no machines. */
  readonly variables?: Plan['serviceVariables'];
}

/** What is to be looked up, and what of it is known. */
export interface ResourceLookup {
  readonly config: Config;
  readonly asked: AccountLookup;
  readonly known: ExistingResources | undefined;
  readonly region: string | undefined;
}

export type ResourceLookupResult = { readonly found: ExistingResources } | { readonly wrong: readonly SettingError[] };

export interface Asset {
  readonly key: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** What an input asks of the account beside its own stack. */
export interface Requirements {
  readonly options: CompileOptions;
  readonly plan: Plan;
  readonly stacks: readonly Stack[];
  readonly region: string | undefined;
  /** What diagnostics point into. */
  readonly texts: readonly Source[];
}

/** Without `services` nothing could be looked for. */
export interface ExternalServicesResult {
  readonly code: ExitCode;
  readonly services?: Readonly<Record<string, readonly ExternalLoadBalancer[]>>;
}

/** Which stack is meant. */
export interface SelectedStack {
  readonly stackName: string;
  readonly region: string | undefined;
  /** The environment that flags and configuration name; the stack's own tag wins. */
  readonly env: string;
  /** A stack set is meant. */
  readonly stackSet: boolean;
  /** Whose it has to be; absent where the user named the stack itself. */
  readonly owner?: Owner;
  /** Where it is the stack of an environment: its name. */
  readonly foundationOf?: string;
}

/** Secrets of an environment, in Secrets Manager. */
export interface SecretsScope {
  readonly env: string;
  readonly region: string | undefined;
}

/** What was pushed: version ids by name, also of those before one that failed. */
export interface PushedSecrets {
  readonly code: ExitCode;
  readonly versions: Readonly<Record<string, string>>;
}

/** Which objects refer to a secret, by its name, and the version that the lock holds. */
export type SecretReferences = Readonly<Record<string, { readonly by: readonly string[]; readonly locked?: string }>>;

/** The template that a stack has now; empty where there is no such stack. */
export type DeployedTemplate =
  | { readonly template?: string; readonly parameters?: Readonly<Record<string, string>> }
  | { readonly wrong: string };

export interface Aws {
  /** Whether the account holds what the input asks of it; refuses, and says why, where it does not. Writes nothing. */
  checkAccount(context: Context, demands: Requirements): Promise<ExitCode>;
  /** The same of a stack set, in each region of the account that one is in; says what other accounts have to hold. */
  checkStackSetAccounts(context: Context, demands: Requirements, set: DesiredStackSet): Promise<ExitCode>;
  /** Prints the policy; asks no account. */
  iamPolicy(context: Context, input: IamPolicyInput): Promise<ExitCode>;
  /** What Services that select nothing in the input lead to. */
  findServices(context: Context, demands: Requirements): Promise<ExternalServicesResult>;
  /** Finds and verifies what the settings name as being there, and goes on with it. */
  findExistingResources(
    context: Context,
    what: ResourceLookup,
    then: (answer: ResourceLookupResult) => Promise<ExitCode>,
  ): Promise<ExitCode>;
  /** Reviews all, asks once and executes, each after those that it depends on; of none, executes the review that is in a file. */
  apply(context: Context, wanted: readonly DesiredStack[]): Promise<ExitCode>;
  fetchDeployedTemplate(
    context: Context,
    stack: { readonly stackName: string; readonly region: string | undefined },
  ): Promise<DeployedTemplate>;
  /** The same as a stack set: a stack in each of several accounts and regions. */
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
  cancel(context: Context, named: SelectedStack): Promise<ExitCode>;
  pushSecrets(
    context: Context,
    asked: SecretsScope & { readonly app: string; readonly secrets: readonly SecretObject[] },
  ): Promise<PushedSecrets>;
  listSecrets(context: Context, asked: SecretsScope & { readonly referring: SecretReferences }): Promise<ExitCode>;
  /** `name` is the whole one. */
  removeSecret(context: Context, asked: SecretsScope & { readonly name: string }): Promise<ExitCode>;
}
