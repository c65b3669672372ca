// Every leaf of a kind, read from the pruned schema: what a ledger has to name.
import { readFileSync } from 'node:fs';
import type { Kind } from '../../src/kinds/kind.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

const { definitions }: { definitions: Readonly<Record<string, Schema>> } = JSON.parse(
  readFileSync(new URL('../../schema/kubernetes.json', import.meta.url), 'utf8'),
);

/** Path and type of each leaf: `spec.ports[].port` -> `integer`. */
export function leavesOf(kind: Kind): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const visit = (schema: Schema, path: string): void => {
    const { properties } = definitions[schema.$ref?.replace('#/definitions/', '') ?? ''] ?? {};
    if (properties) for (const [key, field] of Object.entries(properties)) visit(field, path === '' ? key : `${path}.${key}`);
    else if (schema.items) visit(schema.items, `${path}[]`);
    else if (schema.additionalProperties) visit(schema.additionalProperties, `${path}.*`);
    else leaves.set(path, schema.$ref ? 'string' : String(schema.type));
  };
  visit({ $ref: `#/definitions/${kind}` }, '');
  return leaves;
}
