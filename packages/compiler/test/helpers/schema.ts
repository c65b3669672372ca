// Every leaf of a kind, read from the pruned schema: the leaves that field support must name.
import { readFileSync } from 'node:fs';
import type { Kind } from '../../src/kinds/index.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const { definitions }: { definitions: Readonly<Record<string, Schema>> } = JSON.parse(
  readFileSync(new URL('../../schema/kubernetes.json', import.meta.url), 'utf8'),
);

/** Path and type of each leaf: `spec.ports[].port` -> `integer`. */
export function leavesOf(kind: Kind): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const visit = (schema: Schema, path: string): void => {
    const { properties } = definitions[schema.$ref?.replace('#/definitions/', '') ?? ''] ?? {};
    if (properties)
      for (const [key, field] of Object.entries(properties)) visit(field, path === '' ? key : `${path}.${key}`);
    else if (schema.items) visit(schema.items, `${path}[]`);
    else if (schema.additionalProperties) visit(schema.additionalProperties, `${path}.*`);
    else leaves.set(path, schema.$ref ? 'string' : String(schema.type));
  };
  visit({ $ref: `#/definitions/${kind}` }, '');
  return leaves;
}

/** The fields without which what leads to a path cannot be read: `spec.ports[].name` needs `spec.ports[].port`. */
export function requiredBeside(kind: Kind, leaf: string): readonly string[] {
  const needed: string[] = [];
  let schema: Schema | undefined = { $ref: `#/definitions/${kind}` };
  const path: string[] = [];
  for (const part of leaf.split('.')) {
    const definition: Schema | undefined = definitions[schema?.$ref?.replace('#/definitions/', '') ?? ''];
    const [name = '', ...items] = part.split('[]');
    for (const other of definition?.required ?? []) if (other !== name) needed.push([...path, other].join('.'));
    schema = definition?.properties?.[name];
    for (const _ of items) schema = schema?.items;
    path.push(part);
  }
  return needed;
}
