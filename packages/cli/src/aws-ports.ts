// What commands ask of AWS; `aws/index.ts` gives it, in a bundle of its own that no other command loads.
import type { Asked, CompileOptions, Config, FoundBalancer, NetworkFound, Plan, SecretObject, Source, Stack } from '@i2kit/compiler';
import type { PolicyInput } from '@i2kit/runner';
import type { Context } from './context.ts';
import type { Wrong } from './existing.ts';
import type { Exit } from './exit.ts';
import type { Output } from './output/write.ts';
import type { StackSetWanted } from './settings/stack-set.ts';

/** By the tags of stacks, `i2kit:env` and `i2kit:app`; the stack of an environment has no app. */
export interface Owner {
  readonly env: string;
  readonly app?: string;
}

/** What a stack should become. */
export interface Wanted {
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
  readonly files: readonly Output[];
  /** Domain of the zone whose id the template's parameter asks for. */
  readonly publicZone?: string;
  readonly roleArn?: string;
  readonly notificationArns?: readonly string[];
  /** What machines are told of the app's Services, by namespace; absent where the stack has no machines. */
  readonly variables?: Plan['serviceVariables'];
}

/** What is to be looked up, and what of it is known. */
export interface ToLookUp {
  readonly config: Config;
  readonly asked: Asked;
  readonly known: NetworkFound | undefined;
  readonly region: string | undefined;
}

export type Answer = { readonly found: NetworkFound } | { readonly wrong: readonly Wrong[] };

export interface Asset {
  readonly key: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** What an input asks of the account beside its own stack. */
export interface Demands {
  readonly options: CompileOptions;
  readonly plan: Plan;
  readonly stacks: readonly Stack[];
  readonly region: string | undefined;
  /** What diagnostics point into. */
  readonly texts: readonly Source[];
}

/** Without `services` nothing could be looked for. */
export interface FoundServices {
  readonly code: Exit;
  readonly services?: Readonly<Record<string, readonly FoundBalancer[]>>;
}

/** Which stack is meant. */
export interface Named {
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
export interface SecretsAsked {
  readonly env: string;
  readonly region: string | undefined;
}

/** What was pushed: version ids by name, also of those before one that failed. */
export interface PushedSecrets {
  readonly code: Exit;
  readonly versions: Readonly<Record<string, string>>;
}

/** Which objects refer to a secret, by its name, and the version that the lock holds. */
export type Referring = Readonly<Record<string, { readonly by: readonly string[]; readonly locked?: string }>>;

/** The template that a stack has now; empty where there is no such stack. */
export type Deployed = { readonly template?: string; readonly parameters?: Readonly<Record<string, string>> } | { readonly wrong: string };

export interface Aws {
  /** Whether the account holds what the input asks of it; refuses, and says why, where it does not. Writes nothing. */
  guard(context: Context, demands: Demands): Promise<Exit>;
  /** The same of a stack set, in each region of the account that one is in; says what other accounts have to hold. */
  guardSet(context: Context, demands: Demands, set: StackSetWanted): Promise<Exit>;
  /** Prints the policy; asks no account. */
  iamPolicy(context: Context, input: PolicyInput): Promise<Exit>;
  /** What Services that select nothing in the input lead to. */
  findServices(context: Context, demands: Demands): Promise<FoundServices>;
  /** Finds and verifies what the settings name as being there, and goes on with it. */
  lookUp(context: Context, what: ToLookUp, then: (answer: Answer) => Promise<Exit>): Promise<Exit>;
  /** Reviews all, asks once and executes, each after those that it depends on; of none, executes the review that is in a file. */
  apply(context: Context, wanted: readonly Wanted[]): Promise<Exit>;
  deployed(context: Context, stack: { readonly stackName: string; readonly region: string | undefined }): Promise<Deployed>;
  /** The same as a stack set: a stack in each of several accounts and regions. */
  applySet(context: Context, wanted: Wanted, set: StackSetWanted): Promise<Exit>;
  destroySet(context: Context, named: Named): Promise<Exit>;
  setStatus(context: Context, named: Named): Promise<Exit>;
  destroy(context: Context, named: Named): Promise<Exit>;
  status(context: Context, named: Named): Promise<Exit>;
  events(context: Context, named: Named): Promise<Exit>;
  drift(context: Context, named: Named): Promise<Exit>;
  history(context: Context, named: Named): Promise<Exit>;
  logs(context: Context, named: Named): Promise<Exit>;
  rollback(context: Context, named: Named): Promise<Exit>;
  recover(context: Context, named: Named): Promise<Exit>;
  cancel(context: Context, named: Named): Promise<Exit>;
  pushSecrets(
    context: Context,
    asked: SecretsAsked & { readonly app: string; readonly secrets: readonly SecretObject[] },
  ): Promise<PushedSecrets>;
  listSecrets(context: Context, asked: SecretsAsked & { readonly referring: Referring }): Promise<Exit>;
  /** `name` is the whole one. */
  removeSecret(context: Context, asked: SecretsAsked & { readonly name: string }): Promise<Exit>;
}
