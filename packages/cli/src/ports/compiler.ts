// The command line's interface to the compiler; `compiler.ts` implements it, and tests have a small one of their own.
import type { Outcome } from '@i2kit/common';
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

/** Options of a compilation whose app has no name yet. */
export type NamelessOptions = Omit<CompileOptions, 'app'>;

export interface Compiler {
  compile(sources: readonly Source[], options: CompileOptions): CompileResult;
  /** The Secrets of the manifests with their values, only for Secrets Manager. */
  secretsOf(sources: readonly Source[], options: CompileOptions): SecretsResult;
  /** Image settings of the configuration. */
  baseOf(config: { readonly boot?: ImageBase['boot']; readonly debug?: boolean }): ImageBase;
  /** The environment's own stack: VPC, subnets, zones. */
  environmentTemplate(options: EnvironmentOptions): EnvironmentResult;
  /** The settings that need a lookup in the account; empty if none does. */
  requiredLookups(config: Config): AccountLookup;
  /** The known results for these settings; undefined if missing, or of other settings. */
  knownLookups(config: Config, env: string, context: AccountContext | undefined): ExistingResources | undefined;
  /** The public zone's name. */
  domainOf(config: Config): string | undefined;
  /** The distinct values of the label app.kubernetes.io/part-of, sorted; fast, and ignores unreadable text. */
  appLabels(sources: readonly Source[]): readonly string[];
  /** The distinct names of the workloads; fails with the problems of manifests that cannot be read. */
  workloadNames(sources: readonly Source[], options: NamelessOptions): Outcome<readonly string[], Diagnostic>;
  /**
   * Diagnostics as text, with a frame if `sources` holds the text; the place of any other (a flag, an unreadable
   * file) is only named. Ends with a newline, unless it is empty.
   */
  render(
    diagnostics: readonly Diagnostic[],
    sources: readonly Source[],
    options: { readonly color: boolean; readonly width?: number },
  ): string;
  /** The place of each diagnostic, from 1; undefined if no source holds it. */
  positionsIn(sources: readonly Source[]): (diagnostic: DiagnosticLocation) => Position | undefined;
  readonly catalog: Readonly<Record<string, CodeEntry>>;
  /** Loaded on demand: compiling does not need it. */
  kinds(): Promise<Readonly<Record<string, KindDescription>>>;
}

export type DiagnosticLocation = Pick<Diagnostic, 'object' | 'path' | 'offset' | 'atKey'>;

export interface Position {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** The first column after the range. */
  readonly endColumn: number;
}

/** The text that `explain` prints for a kind. */
export interface KindDescription {
  readonly apiVersion: string;
  readonly namespaced: boolean;
  readonly becomes: string;
  /** Leaf path, with `[]` for items and `*` for keys, and its support. */
  readonly fieldSupport: Readonly<Record<string, FieldSupport>>;
}

export type FieldSupport =
  | { readonly mapped: string }
  | { readonly refused: string; readonly hint?: string }
  | { readonly warned: string; readonly hint?: string }
  | { readonly meaningless: string };
