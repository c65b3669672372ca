// What a stack should become.

export interface Owner {
  /** Value of the tag `i2kit:env`. */
  readonly env: string;
  /** Value of the tag `i2kit:app`; absent: the environment's own stack, which has none. */
  readonly app?: string;
}

export interface StackInput {
  readonly stackName: string;
  /** The template's text, JSON or YAML. Over 51,200 bytes it goes through `Clients.bucket`; 1 MB is CloudFormation's limit. */
  readonly template: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Default: CAPABILITY_IAM and CAPABILITY_NAMED_IAM. */
  readonly capabilities?: readonly string[];
  readonly roleArn?: string;
  readonly notificationArns?: readonly string[];
  /** What the caller believes the credentials to be for; asserted before anything is written. */
  readonly expect?: { readonly account?: string; readonly region?: string };
  /** Whose stack it has to be, by its tags, where it is there already: another's is never touched. */
  readonly owner?: Owner;
  /** True where parameters come from a stack that is not there yet: no change set can be made, the review holds hashes alone. */
  readonly deferred?: boolean;
}
