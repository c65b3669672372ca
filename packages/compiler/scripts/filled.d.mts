// What scripts/filled.mjs exports, for the test that holds it to the defaults.
export function filled(name: string, definition: object | undefined): string[];
