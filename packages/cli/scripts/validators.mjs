// Writes src/generated/validators.js and .d.ts, the checks of i2kit.yaml, i2kit.lock.json and i2kit.context.json, from schema/; every build runs it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';

const declarations = `// Made by scripts/validators.mjs: what the generated checks of settings answer.

/** The error at a JSON pointer (RFC 6901, with ~0 and ~1). */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Set by the check of a key rather than of a value. */
  readonly propertyName?: string;
}

export interface Validator {
  (value: unknown): boolean;
  /** The errors of the last call, null if there were none: to be read before the next call. */
  readonly errors?: readonly SchemaError[] | null;
}

export const config: Validator;
export const lock: Validator;
export const context: Validator;

/** The schemas themselves, without descriptions: what a place may hold. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
}

export const schemas: { readonly config: Schema; readonly lock: Schema; readonly context: Schema };
`;

const root = fileURLToPath(new URL('..', import.meta.url));
// unicode: false, because counting code points needs a module of ajv's at run time; logger: false, because ajv complains of it.
const ajv = new Ajv.default({
  code: { source: true, esm: true },
  allErrors: true,
  allowUnionTypes: true,
  logger: false,
  messages: false,
  strictTypes: false,
  unicode: false,
});
const names = ['config', 'lock', 'context'];
const schemas = Object.fromEntries(
  names.map((name) => [name, lean(JSON.parse(readFileSync(join(root, `schema/${name}.schema.json`), 'utf8')))]),
);
for (const name of names) ajv.addSchema(schemas[name], name);
const code = standaloneCode.default(ajv, Object.fromEntries(names.map((name) => [name, name])));

const folder = join(root, 'src/generated');
mkdirSync(folder, { recursive: true });
const text = `// Made by scripts/validators.mjs.\n${code}\nexport const schemas = ${JSON.stringify(schemas)};\n`;
writeFileSync(join(folder, 'validators.js'), text);

writeFileSync(join(folder, 'validators.d.ts'), declarations);

/** Without what only editors show; examples stay, for hints. */
function lean(schema) {
  const { $schema, title, description, default: _, ...rest } = schema;
  for (const key of ['propertyNames', 'additionalProperties'])
    if (typeof rest[key] === 'object') rest[key] = lean(rest[key]);
  if (rest.properties)
    rest.properties = Object.fromEntries(Object.entries(rest.properties).map(([key, value]) => [key, lean(value)]));
  return rest;
}
