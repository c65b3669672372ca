// Limits of the input. Input over a limit is refused before it can cost time or memory.

/** Of all sources together, in UTF-16 units: about 25,000 Deployments. */
export const MAX_INPUT_LENGTH = 16 * 1024 * 1024;

/** Of one document, in UTF-16 units. An object in a cluster has at most 1.5 MB; a List may be longer. */
export const MAX_DOCUMENT_LENGTH = 2 * 1024 * 1024;

/** Of all sources together. */
export const MAX_DOCUMENTS = 10_000;

/** Nesting of mappings and sequences. Kubernetes' deepest field is at level 20 or so. */
export const MAX_DEPTH = 200;

/** Nodes of a document that exist only because an alias or a merge key repeats them. */
export const MAX_ALIASED_NODES = 100_000;

/** Lexical tokens for the exact reader: about 5,000 lines, half a second and 60 MB. */
export const MAX_TOKENS = 100_000;

/** Diagnostics reported for one object. */
export const MAX_PROBLEMS_PER_OBJECT = 100;
