// Types of fresh.mjs, which is plain JavaScript so that it runs before anything is compiled.
/** Builds everything if a source is newer than the bundle of the command line. */
export function ensureBuilt(): Promise<void>;
/** Writes the generated sources if their inputs are newer. */
export function ensureGenerated(): Promise<void>;
