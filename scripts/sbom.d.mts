// Types of sbom.mjs.
export function npmDocument(now?: number): { readonly packages: readonly { readonly name: string }[] };
export function agentDocument(now?: number): { readonly packages: readonly { readonly name: string }[] };
