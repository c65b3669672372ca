// Types of scripts/filled.mjs, for the test that compares it with the defaults.
export function filled(name: string, definition: object | undefined): string[];
