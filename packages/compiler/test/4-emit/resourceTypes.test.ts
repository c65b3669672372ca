// The types of templates refuse what CloudFormation would: held to it by compiling planted snippets.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

const volume = (properties: string) =>
  `export const it: Resource = { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'a', ${properties} } };`;
const machine = (data: string) =>
  `export const it: Resource = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ${data} } } };`;

const accepted = {
  plain: volume('Size: 10, Encrypted: true'),
  references: volume("Size: ref('Size'), Tags: [{ Key: 'a', Value: join('', ['b', ref('C')]) }]"),
  'a policy document with references': `export const it: Resource = { Type: 'AWS::S3::BucketPolicy', Properties: {
    Bucket: ref('B'), PolicyDocument: { Statement: [{ Effect: 'Deny', Resource: [getAtt('B', 'Arn')] }] } } };`,
  'what is younger than cloudform-types': volume('VolumeInitializationRate: 100'),
  'what is younger in a nested type': machine('BlockDeviceMappings: [{ Ebs: { VolumeInitializationRate: 100 } }]'),
  'a nested type that is younger':
    "export const it: Resource = { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '1', MaxSize: '1', InstanceMaintenancePolicy: { MinHealthyPercentage: 100, MaxHealthyPercentage: 110 } } };",
  'the helper': "export const it: Resource = resource('AWS::EC2::VPC', { Properties: { CidrBlock: '10.0.0.0/16' } });",
};

const refused: Record<string, readonly [code: string, error: string]> = {
  'an unknown type': [
    "export const it: Resource = { Type: 'AWS::EC2::Volum', Properties: {} };",
    `Did you mean '"AWS::EC2::Volume"'?`,
  ],
  'an unknown property': [volume('Sise: 10'), "'Sise' does not exist"],
  "another type's property": [
    volume("CidrBlock: '10.0.0.0/16'"),
    "'CidrBlock' does not exist in type 'Plain<VolumeProperties>'",
  ],
  'a missing property': [
    "export const it: Resource = { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'a' } };",
    "Property 'Type' is missing",
  ],
  'a nested unknown property': [
    machine("MetadataOptions: { HttpToken: 'required' }"),
    "Did you mean to write 'HttpTokens'?",
  ],
  'a nested property in a list': [volume("Tags: [{ Key: 'a', Valu: 'b' }]"), "Did you mean to write 'Value'?"],
  'a nested missing property': [volume("Tags: [{ Key: 'a' }]"), "Property 'Value' is missing"],
  'a value of another type': [volume("Encrypted: 'yes'"), "Type 'string' is not assignable to type 'boolean"],
  'undefined for an absent property': [volume('Size: undefined'), "Type 'undefined' is not assignable"],
  'an unknown intrinsic function': [volume("Size: { 'Fn::Size': 'a' }"), "'Fn::Size'' does not exist"],
  'a nested value of a younger property': [
    machine("BlockDeviceMappings: [{ Ebs: { VolumeInitializationRate: '100' } }]"),
    "Type 'string' is not assignable to type 'number",
  ],
  'what is not data in a document': [
    "export const it: Resource = { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'b', PolicyDocument: { Statement: () => [] } } };",
    "is not assignable to type 'Document'",
  ],
  'a policy that does not exist': [
    "export const it: Resource = { Type: 'AWS::EC2::Volume', DeletionPolicy: 'Keep', Properties: { AvailabilityZone: 'a' } };",
    `Type '"Keep"' is not assignable`,
  ],
  'an unknown property in a callback, through the helper': [
    "export const it = Object.fromEntries(['a'].map((id) => [id, resource('AWS::EC2::VPC', { Properties: { Cidr: id } })]));",
    "'Cidr' does not exist in type 'Plain<VPCProperties>'",
  ],
  'a change after it was made': [
    "export const it = resource('AWS::EC2::VPC', { Properties: { CidrBlock: '10.0.0.0/16' } });\nit.Properties.CidrBlock = 'a';",
    "'CidrBlock' because it is a read-only property",
  ],
};

/** One run for all snippets: file name -> its errors. */
function compile(snippets: readonly string[]): ReadonlyMap<number, string> {
  const folder = mkdtempSync(join(tmpdir(), 'i2kit-types-'));
  try {
    const head = `import { getAtt, join, ref, type Resource, resource } from '${root}src/template.ts';\nexport const used = [getAtt, join, ref, resource];\n`;
    for (const [index, code] of snippets.entries()) writeFileSync(join(folder, `${index}.ts`), head + code);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const compilerOptions = { composite: false, noEmit: true, rootDir: '/', rewriteRelativeImportExtensions: false };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: `${root}tsconfig.json`, compilerOptions, include: [folder] }),
    );
    return byFile(run(folder), snippets.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(folder: string): string {
  try {
    return execFileSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

function byFile(output: string, count: number): ReadonlyMap<number, string> {
  const errors = output.split(/^(?=\S+\(\d+,\d+\): error)/m);
  const of = (index: number) => errors.filter((error) => error.startsWith(`${index}.ts(`)).join('');
  const others = errors.filter((error) => error !== '' && !/^\d+\.ts\(/.test(error));
  if (others.length > 0) throw new Error(`tsc says of other files than the snippets:\n${others.join('')}`);
  return new Map(Array.from({ length: count }, (_, index) => [index, of(index)]));
}

const good = Object.entries(accepted);
const bad = Object.entries(refused);
const errors = compile([...good.map(([, code]) => code), ...bad.map(([, [code]]) => code)]);

test.each(good.map(([name], index) => [name, index] as const))('%s is accepted', (_, index) => {
  expect(errors.get(index)).toBe('');
});

test.each(bad.map(([name, [, error]], index) => [name, error, index + good.length] as const))(
  '%s is refused',
  (_, error, index) => {
    expect(errors.get(index)).toContain(error);
  },
);

test('the generated properties are those of the installed service spec', () => {
  const made = execFileSync(process.execPath, [join(root, 'scripts/cloudformation.mjs'), '--print'], {
    encoding: 'utf8',
  });
  expect(made).toBe(readFileSync(join(root, 'src/generated/cloudformation-augment.ts'), 'utf8'));
});

test('nothing of cloudform-types is loaded at run time', () => {
  for (const file of ['src/resourceTypes.ts', 'src/generated/cloudformation-augment.ts']) {
    const imports = readFileSync(join(root, file), 'utf8').match(/^import .*$/gm) ?? [];
    expect(imports.filter((line) => !line.startsWith('import type '))).toEqual([]);
  }
});
