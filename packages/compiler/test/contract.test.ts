// Holds both sides of the contract together: what the compiler writes is in the schema, and the vectors say what that is.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import { contractTypes } from '../scripts/contract.mjs';
import type { PodOptions } from '../src/3-plan/pod/index.ts';
import { compile } from '../src/compile.ts';
import type { Document, Payload } from '../src/generated/agent-v1.ts';
import { compiledOf } from './3-plan/pod/fixtures.ts';
import { type Definitions, schemaPartsOf, usedBy } from './schemaParts.ts';

interface Vector {
  readonly name: string;
  readonly options?: Partial<PodOptions>;
  /** Absent: what makes this payload is not a Deployment. */
  readonly manifests?: readonly object[];
  readonly payload: Payload;
}

const contract = (path: string): URL => new URL(`../contract/${path}`, import.meta.url);
const read = <T>(path: string): T => JSON.parse(readFileSync(contract(path), 'utf8')) as T;

const schema = read<AnySchema & { readonly $defs: Definitions }>('agent-v1.schema.json');
const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema);
const files = readdirSync(contract('vectors/payloads')).sort();
const vectors = files.map((file) => [file, read<Vector>(`vectors/payloads/${file}`)] as const);
const documents = read<readonly { readonly name: string; readonly document: object }[]>('vectors/documents.json');
const refused = read<readonly { readonly name: string; readonly document: object }[]>('vectors/refused.json');

function payloadOf({ manifests = [], options }: Vector): Payload {
  const { pod, deployment } = compiledOf(manifests, options);
  return {
    pod,
    rollout: {
      minReadySeconds: deployment.spec.minReadySeconds ?? 0,
      deadlineSeconds: deployment.spec.progressDeadlineSeconds,
    },
  };
}

describe('the vectors', () => {
  it.each(vectors)('%s is in the schema', (_, { payload }) => {
    validate(payload);
    expect(validate.errors ?? []).toEqual([]);
  });

  // `UPDATE_VECTORS=1` writes what the compiler gives now, for review.
  it.each(vectors.filter(([, { manifests }]) => manifests !== undefined))(
    '%s is what the compiler makes of its manifests, byte for byte',
    (file, vector) => {
      const payload = payloadOf(vector);
      if (process.env['UPDATE_VECTORS'])
        writeFileSync(contract(`vectors/payloads/${file}`), `${JSON.stringify({ ...vector, payload }, null, 2)}\n`);
      else expect(JSON.stringify(payload, null, 1)).toBe(JSON.stringify(vector.payload, null, 1));
    },
  );

  it.each(vectors.filter(([, { manifests, options }]) => manifests !== undefined && options?.claims === undefined))(
    '%s is in the plan of its manifests',
    (name, { manifests = [], options, payload }) => {
      const text = manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n');
      const lock = { version: 1, secrets: options?.secretsVersions ?? {} } as const;
      const result = compile([{ name, text }], { app: 'shop', env: 'prod', lock });
      expect(result.ok ? result.plan.groups.map(({ pod }) => pod) : result.diagnostics).toEqual([payload.pod]);
    },
  );

  it.each(documents.map((one) => [one.name, one] as const))('document: %s', (_, { document }) => {
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('carry a payload as the agent unpacks it', () => {
    const [document] = documents.map((one) => one.document as Document);
    const payload: unknown = JSON.parse(gunzipSync(Buffer.from(document?.payload ?? '', 'base64')).toString());
    expect(payload).toEqual(read<Vector>('vectors/payloads/minimal.json').payload);
  });

  it.each(refused.map((one) => [one.name, one] as const))('refused: %s', (_, { document }) => {
    expect(validate(document)).toBe(false);
  });

  it('are named differently, so that a test of either side can speak of one', () => {
    const names = [
      ...vectors.map(([, { name }]) => name),
      ...documents.map(({ name }) => name),
      ...refused.map(({ name }) => name),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('docs/agent-v1.md', () => {
  const text = readFileSync(new URL('../../../docs/agent-v1.md', import.meta.url), 'utf8');
  const examples = [...text.matchAll(/```json\n(.*?)```/gs)].map(
    ([, json = '']) => JSON.parse(json) as Payload & Document,
  );

  it('has examples that are in the schema, one of each sort', () => {
    for (const example of examples) {
      validate(example);
      expect(validate.errors ?? []).toEqual([]);
    }
    expect(examples.map((example) => 'pod' in example)).toEqual([false, true]);
  });
});

describe('the schema', () => {
  it('is covered by the vectors: every field, every choice', () => {
    const seen = new Set([
      ...vectors.flatMap(([, { payload }]) => usedBy(payload, 'Payload', schema.$defs)),
      ...documents.flatMap(({ document }) => usedBy(document, 'Document', schema.$defs)),
    ]);
    expect(schemaPartsOf(schema.$defs).filter((part) => !seen.has(part))).toEqual([]);
  });

  it('refuses unknown fields everywhere', () => {
    const open: string[] = [];
    JSON.stringify(schema, (key, value: Record<string, unknown>) => {
      if (value?.['type'] === 'object' && value['additionalProperties'] === undefined) open.push(key);
      return value;
    });
    expect(open).toEqual([]);
  });

  it('is what the TypeScript types are generated from', async () => {
    const types = readFileSync(new URL('../src/generated/agent-v1.ts', import.meta.url), 'utf8');
    expect(types).toBe(await contractTypes());
  });
});
