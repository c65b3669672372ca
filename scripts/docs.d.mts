// Types of docs.mjs, which is plain JavaScript so that it runs before anything is compiled.
/** Generated pages that are not current: path and the text that they should hold. */
export function stalePages(): Promise<readonly (readonly [path: string, text: string])[]>;
