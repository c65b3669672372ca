// Writes src/generated/validators.js, the standalone shape checks of every kind, from schema/kubernetes.json; every build runs it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { formats, limits, strictKeywords } from './keywords.mjs';
import { lean } from './lean.mjs';

const root = join(import.meta.dirname, '..');
const { kinds, definitions } = JSON.parse(readFileSync(join(root, 'schema/kubernetes.json'), 'utf8'));

/** An object that Go holds by value and that requires something cannot be left out, whatever OpenAPI says: {} would fail too. */
const requiresSomething = (name) => {
  const { required = [], properties } = definitions[name];
  return required.length > 0 || Object.values(properties ?? {}).some(isImplied);
};
const isImplied = (schema) =>
  schema.$ref !== undefined && typeof schema.default === 'object' && requiresSomething(target(schema));

const target = (schema) => schema.$ref.slice('#/definitions/'.length);

/** A property may be null, which Kubernetes reads as absent; what is in a list may not. */
function shape(schema, nullable) {
  if (schema.$ref) {
    return { ...(!nullable && { notNull: true }), $ref: target(schema) };
  }
  const { type, format, items, additionalProperties } = schema;
  return {
    type,
    ...(nullable && { nullable }),
    ...(limits[format] ?? (format && { format })),
    ...(items && { items: shape(items, false) }),
    ...(additionalProperties && { additionalProperties: shape(additionalProperties, true) }),
  };
}

const isScalar = (name) => definitions[name].properties === undefined;

function definitionShape(name) {
  if (isScalar(name)) return { $id: name, ...shape(definitions[name], true) };
  const { properties, required = [] } = definitions[name];
  const implied = Object.keys(properties).filter((key) => isImplied(properties[key]));
  const needed = [...new Set([...required, ...implied])];
  return {
    $id: name,
    type: 'object',
    nullable: true,
    properties: Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, shape(schema, true)])),
    ...(needed.length > 0 && { required: needed }),
    additionalProperties: false,
  };
}

const declarations = `// Made by scripts/validators.mjs: what the generated shape checks of the kinds answer.
import type { Kind } from './kubernetes.ts';

/** The error at a JSON pointer (RFC 6901, with ~0 and ~1) into the object. */
export type ShapeError = { readonly instancePath: string } & (
  /** A field that this object does not have, and the names of those that it has. */
  | { readonly keyword: 'additionalProperties'; readonly params: { readonly additionalProperty: string; readonly known: readonly string[] } }
  /** A field that has to be there is absent or null; instancePath is the object that lacks it. */
  | { readonly keyword: 'required'; readonly params: { readonly missingProperty: string } }
  | { readonly keyword: 'type'; readonly params: { readonly type: string | readonly string[] } }
  | { readonly keyword: 'format'; readonly params: { readonly format: 'byte' | 'date-time' | 'quantity' } }
  /** A number outside of what its Go type holds. */
  | { readonly keyword: 'minimum' | 'maximum'; readonly params: { readonly comparison: '<=' | '>='; readonly limit: number } }
);

export interface Validator {
  (object: unknown): boolean;
  /** The errors of the last call, null if there were none: to be read before the next call. */
  readonly errors?: readonly ShapeError[] | null;
}

export const validators: { readonly [K in Kind]: Validator };
`;

const ajv = new Ajv.default({
  code: { source: true, esm: true, optimize: 2, lines: false },
  formats,
  allErrors: true,
  messages: false,
  inlineRefs: false,
  strict: true,
  allowUnionTypes: true,
});
for (const [name, keyword] of Object.entries(strictKeywords)) ajv.removeKeyword(name).addKeyword(keyword);

for (const name of Object.keys(definitions)) ajv.addSchema(definitionShape(name));
const names = Object.keys(kinds);
const code = standaloneCode
  .default(ajv, Object.fromEntries(names.map((kind) => [kind, kind])))
  .replace(/export const (\w+ = )/g, 'const $1');
// One table, so that a kind is looked up by its name in the manifest.
const table = `export const validators = {${names.join(', ')}};`;

const folder = join(root, 'src/generated');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'validators.js'), `// Made by scripts/validators.mjs.\n${lean(`${code}${table}`)}`);
writeFileSync(join(folder, 'validators.d.ts'), declarations);
