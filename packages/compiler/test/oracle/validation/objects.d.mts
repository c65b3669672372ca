// The types of objects.mjs, which is plain JavaScript so that the oracle's script runs it as it is.
/** Variant -> kind -> object. */
export const objects: Readonly<Record<string, Readonly<Record<string, { [key: string]: unknown }>>>>;
