// What the command line asks of the compiler; `compiler.ts` gives it, tests give a small one of their own.
import type {
  AccountContext,
  AccountLookup,
  CodeEntry,
  CompileOptions,
  CompileResult,
  Config,
  Diagnostic,
  EnvironmentOptions,
  EnvironmentResult,
  ExistingResources,
  ImageBase,
  SecretsResult,
  Source,
} from '@i2kit/compiler';

export interface Compiler {
  compile(sources: readonly Source[], options: CompileOptions): CompileResult;
  /** The Secrets of the manifests with their values, for Secrets Manager alone. */
  secretsOf(sources: readonly Source[], options: CompileOptions): SecretsResult;
  /** What images are made for, by the configuration. */
  baseOf(config: { readonly boot?: ImageBase['boot']; readonly debug?: boolean }): ImageBase;
  /** The environment's own stack: VPC, subnets, zones. */
  environmentTemplate(options: EnvironmentOptions): EnvironmentResult;
  /** What of the settings only the account can answer; empty where nothing has to be looked up. */
  requiredLookups(config: Config): AccountLookup;
  /** What was looked up for these settings; undefined where it was not, or for others. */
  knownLookups(config: Config, env: string, context: AccountContext | undefined): ExistingResources | undefined;
  /** The public zone's name. */
  domainOf(config: Config): string | undefined;
  /** The different values of the label app.kubernetes.io/part-of, sorted; cheap, and silent about text that it cannot read. */
  appLabels(sources: readonly Source[]): readonly string[];
  /**
   * Diagnostics as text, with a frame where `sources` holds the text that one points into; one whose source is not among
   * them (a flag, a file that could not be read) has its place named alone. Ends with a line end, unless it is empty.
   */
  render(
    diagnostics: readonly Diagnostic[],
    sources: readonly Source[],
    options: { readonly color: boolean; readonly width?: number },
  ): string;
  /** Where each of many diagnostics points, counted from 1; undefined for one that no source holds. */
  positionsIn(sources: readonly Source[]): (diagnostic: DiagnosticLocation) => Position | undefined;
  readonly catalog: Readonly<Record<string, CodeEntry>>;
  /** Loaded when asked for: a compilation does without. */
  kinds(): Promise<Readonly<Record<string, KindDescription>>>;
}

export type DiagnosticLocation = Pick<Diagnostic, 'object' | 'path' | 'offset' | 'atKey'>;

export interface Position {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** The first column that is not meant. */
  readonly endColumn: number;
}

/** What `explain` prints of a kind. */
export interface KindDescription {
  readonly apiVersion: string;
  readonly namespaced: boolean;
  readonly becomes: string;
  /** Leaf path, with `[]` for items and `*` for keys, and what is done with it. */
  readonly fieldSupport: Readonly<Record<string, FieldSupport>>;
}

export type FieldSupport =
  | { readonly mapped: string }
  | { readonly refused: string; readonly hint?: string }
  | { readonly warned: string; readonly hint?: string }
  | { readonly meaningless: string };
