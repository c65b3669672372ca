// Types of contract.mjs, for the test that holds the generated file to the schema.

/** The text of src/generated/agent-v1.ts. */
export function contractTypes(): Promise<string>;
