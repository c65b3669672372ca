// The types of fresh.mjs, which is plain JavaScript so that it runs before anything is compiled.
/** Builds everything where a source is newer than the bundle of the command line. */
export function ensureBuilt(): Promise<void>;
/** Writes the generated sources where what they are made of is newer. */
export function ensureGenerated(): Promise<void>;
