// The types of permissions.mjs, which is plain JavaScript so that it runs before anything is compiled.
/** Every resource type that the compiler's sources name. */
export function types(): readonly string[];
/** The text of the generated file. */
export function generated(): Promise<string>;
