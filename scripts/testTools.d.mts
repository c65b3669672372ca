// Types of testTools.mjs, which is plain JavaScript so that it runs before anything is compiled.
export interface Judges {
  /** The Python interpreter that has the packages. */
  readonly python: string;
  readonly cfnLint: string;
  readonly motoServer: string;
}

export interface Checkov {
  readonly python: string;
  readonly checkov: string;
}

export function ensureTestTools(): Promise<Judges>;
export function ensureCheckov(): Promise<Checkov>;
export function ensureIamSimulator(): Promise<string>;
export function ensureExpressionChecker(): Promise<string>;
export function ensureCdkNag(): Promise<string>;
