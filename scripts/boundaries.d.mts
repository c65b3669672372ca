// Types of boundaries.mjs and imports.mjs, which are plain JavaScript so that they run before anything is compiled.

export interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  readonly target: string;
}

export const boundaries: Readonly<Record<string, readonly string[]>>;
export function unitOf(path: string): string;
export function allows(from: string, to: string): boolean;
export function violations(imports: readonly Import[]): string[];
