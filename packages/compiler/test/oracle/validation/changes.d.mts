// What changes.mjs gives to a test.
export function changes(): Generator<readonly [name: string, objects: readonly { readonly [key: string]: unknown }[]]>;
