// Types of goldens.mjs, which is plain JavaScript so that it runs before anything is compiled.
export function examples(): readonly string[];
export function compileExamples(directory: string): void;
/** Names of the files that differ between two folders. */
export function differences(a: string, b: string): readonly string[];
/** Calls `use` with a fresh compilation of all examples. */
export function withFresh<T>(use: (fresh: string) => T): T;
