// Writes src/generated/resource-permissions.ts: what CloudFormation calls, with the rights of whoever deploys, to make, change and delete
// each resource type that the compiler emits. From the schemas that CloudFormation publishes, of which cfn-lint bundles a copy.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureTestTools } from '../../../scripts/testTools.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const target = join(root, 'packages/runner/src/generated/resource-permissions.ts');

/** Handlers also ask for what they need in uses of a type that i2kit does not make: fleets, lattices, other kinds of buckets, grants. */
const unused =
  /^(managed-fleets|vpc-lattice|vpce|s3express|s3tables|cloudwatch|cloudtrail|access-analyzer|backup-storage|backup|aws-marketplace|cognito-idp|waf-regional|wafv2|kms|globalaccelerator|shield|apigateway|lambda|secretsmanager|firehose|sso|organizations|ram|iot|events|sns|sqs|acm):/;

/** Every type in the templates of examples and in the compiler's own sources. */
export function types() {
  const folder = join(root, 'packages/compiler/src/4-emit');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
  const texts = [...files, join(root, 'packages/compiler/src/resourceTypes.ts')].map((file) =>
    readFileSync(file, 'utf8').replaceAll(/SSM::Parameter::Value<[^>]*>/g, ''),
  );
  const found = texts.flatMap((text) => [...text.matchAll(/'(AWS::\w+::\w+)'/g)].map(([, type]) => type));
  return [...new Set(found)].sort();
}

/** The text of the generated file. */
export async function generated() {
  const { python } = await ensureTestTools();
  const schemas = join(python, '../../lib');
  const [version] = readdirSync(schemas).filter((name) => name.startsWith('python'));
  const data = join(schemas, version, 'site-packages/cfnlint/data/schemas');
  const files = JSON.parse(readFileSync(join(data, 'providers/eu-west-1.json'), 'utf8'));
  const table = types().map((type) => {
    const { handlers = {} } = JSON.parse(readFileSync(join(data, `resources/${files[type]}.json`), 'utf8'));
    const all = ['create', 'read', 'update', 'delete'].flatMap((name) => handlers[name]?.permissions ?? []);
    // Services are spelt in any case there.
    const spelt = all
      .map((action) => action.replace(/^[^:]+/, (service) => service.toLowerCase()))
      .filter((action) => !unused.test(action));
    return [type, [...new Set(spelt)].sort()];
  });
  const lines = table.map(([type, actions]) => `  '${type}': [${actions.map((action) => `'${action}'`).join(', ')}],`);
  return [
    "// Made by scripts/permissions.mjs: what CloudFormation calls for each resource type, from the types' published schemas.",
    'export const resourcePermissions: Readonly<Record<string, readonly string[]>> = {',
    ...lines,
    '};',
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await generated());
