// Writes src/generated/kubernetes.ts, the TypeScript types of our kinds as they are once Kubernetes' defaults are filled in.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filled } from './filled.mjs';

const root = join(import.meta.dirname, '..');
const { version, kinds, definitions } = JSON.parse(readFileSync(join(root, 'schema/kubernetes.json'), 'utf8'));

const SCALARS = {
  IntOrString: 'number | string',
  Quantity: 'number | string',
  Time: 'string',
};

/** In these places a whole object stands without saying what it is. */
const WITHOUT_KIND = {
  'StatefulSetSpec.volumeClaimTemplates': "readonly Omit<PersistentVolumeClaim, 'apiVersion' | 'kind'>[]",
};

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.replace('#/definitions/', '');
  if (schema.enum) return schema.enum.map(quote).join(' | ');
  if (schema.type === 'array') return `readonly ${schema.items ? typeOf(schema.items) : 'unknown'}[]`;
  if (schema.type === 'object') {
    const value = schema.additionalProperties ? typeOf(schema.additionalProperties) : 'unknown';
    return `{ readonly [key: string]: ${value} }`;
  }
  return schema.type === 'integer' ? 'number' : schema.type;
}

const quote = (text) => `'${text}'`;

function interfaceOf(name, { properties, required = [] }) {
  const present = new Set([...required, ...filled(name, definitions[name])]);
  const fields = Object.entries(properties).map(([key, schema]) => {
    if (name in kinds && key === 'apiVersion') return `  readonly apiVersion: ${quote(kinds[name])};`;
    if (name in kinds && key === 'kind') return `  readonly kind: ${quote(name)};`;
    const type = WITHOUT_KIND[`${name}.${key}`] ?? typeOf(schema);
    return `  readonly ${key}${present.has(key) ? '' : '?'}: ${type};`;
  });
  return `export interface ${name} {\n${fields.join('\n')}\n}`;
}

const text = [
  '// The kinds of Kubernetes that we read, as they are after its own defaulting; made by scripts/types.mjs, not by hand.',
  `/** The release of Kubernetes that these types and the validators follow. */\nexport const kubernetesVersion = '${version}';`,
  `/** Every kind that we read. */\nexport interface Kinds {\n${Object.keys(kinds)
    .map((kind) => `  readonly ${kind}: ${kind};`)
    .join('\n')}\n}`,
  'export type Kind = keyof Kinds;',
  'export type KubernetesObject = Kinds[Kind];',
  `/** The only version of each kind's API that we read. */\nexport const apiVersions: { readonly [K in Kind]: Kinds[K]['apiVersion'] } = {\n${Object.entries(
    kinds,
  )
    .map(([kind, apiVersion]) => `  ${kind}: '${apiVersion}',`)
    .join('\n')}\n};`,
  ...Object.entries(SCALARS).map(([name, type]) => `export type ${name} = ${type};`),
  ...Object.entries(definitions)
    .filter(([name]) => !(name in SCALARS))
    .map(([name, definition]) => interfaceOf(name, definition)),
].join('\n\n');

writeFileSync(join(root, 'src/generated/kubernetes.ts'), `${text}\n`);
