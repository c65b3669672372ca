// The import boundaries: one allow-list of what each package and folder may import. `npm run lint` checks the tree.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importsOf } from './imports.mjs';

const sdk = '@aws-sdk/*';
const node = 'node:*';

/**
 * Folder below `packages/`, without `src` → what its files may import beside each other: folders, or packages of npm.
 * A package's own name stands for the files at its root. The longest folder that holds a file decides.
 */
export const boundaries = {
  common: [],
  aws: ['common', '@smithy/*', node],

  // Phases never import one another; compile.ts, at the root, composes them.
  compiler: [
    'common',
    'compiler/1-read',
    'compiler/2-check',
    'compiler/3-plan',
    'compiler/4-emit/aws',
    'compiler/codes',
    'compiler/4-emit/aws/environment',
    'compiler/generated',
    'compiler/image',
    'compiler/kinds',
    'compiler/render',
    '@noble/hashes',
    '@scure/base',
    'cloudform-types',
  ],
  'compiler/1-read': [
    'common',
    'compiler',
    'compiler/generated',
    'compiler/kinds',
    'compiler/render',
    '@scure/base',
    'js-yaml',
    'yaml',
  ],
  'compiler/2-check': ['common', 'compiler', 'compiler/annotations', 'compiler/generated', 'compiler/kinds'],
  'compiler/3-plan': [
    'common',
    'compiler',
    'compiler/annotations',
    'compiler/generated',
    'compiler/image',
    'compiler/kinds',
  ],
  'compiler/4-emit/aws': [
    'common',
    'compiler',
    'compiler/generated',
    'compiler/kinds',
    'compiler/4-emit/aws/emitters',
    'compiler/4-emit/aws/overrides',
    'compiler/4-emit/aws/stacks',
    '@scure/base',
    'fflate',
  ],
  // An emitter knows other emitters' resources by logicalIds.ts and resourceRefs.ts only.
  'compiler/4-emit/aws/emitters': ['common', 'compiler', 'compiler/generated', 'compiler/kinds', 'compiler/4-emit/aws'],
  'compiler/4-emit/aws/environment': ['common', 'compiler', 'compiler/kinds', 'compiler/4-emit/aws'],
  'compiler/4-emit/aws/overrides': [
    'common',
    'compiler',
    'compiler/generated',
    'compiler/kinds',
    'compiler/4-emit/aws',
  ],
  'compiler/4-emit/aws/stacks': ['common', 'compiler', 'compiler/kinds', 'compiler/4-emit/aws'],
  'compiler/annotations': ['common', 'compiler', 'compiler/kinds'],
  'compiler/codes': [],
  'compiler/generated': ['compiler/2-check', 'compiler/kinds', 'cloudform-types'],
  'compiler/image': ['common', 'compiler'],
  'compiler/kinds': ['common', 'compiler', 'compiler/annotations', 'compiler/generated'],
  'compiler/render': ['common', 'compiler', 'compiler/1-read'],

  review: ['common', 'review/cost', 'review/diff', 'review/effects', 'review/graph', 'review/render'],
  'review/cost': ['common', 'review', 'review/generated'],
  'review/diff': ['common', 'review', 'review/generated', '@scure/base', 'fflate'],
  'review/effects': ['common', 'review', 'review/diff', 'review/render'],
  'review/generated': [],
  'review/graph': ['common', 'review', 'review/diff', 'review/effects', 'review/render'],
  'review/render': ['common', 'review', 'review/diff', 'review/cost', 'review/effects', 'review/generated'],

  image: ['common', 'aws', '@i2kit/compiler', '@i2kit/compiler/image', 'image/*', node],
  'image/build': [
    'common',
    'image',
    'image/disk',
    'image/registry',
    '@i2kit/compiler',
    '@i2kit/compiler/image',
    'js-yaml',
    'yaml',
    node,
  ],
  'image/disk': ['common', 'image', node],
  'image/import': ['common', 'aws', 'image', sdk, node],
  'image/registry': ['common', 'aws', 'image', node],
  'image/run': ['common', 'image', node],

  runner: ['common', 'aws', 'runner/*', node],
  'runner/generated': [],
  'runner/iamPolicy': ['common', 'runner/generated'],
  'runner/lookups': ['common', 'runner/ports'],
  'runner/ports': ['common', 'aws', 'runner'],
  'runner/render': ['common', 'runner'],
  'runner/sdk': ['common', 'aws', 'runner', 'runner/ports', sdk],
  'runner/secrets': ['common', 'runner/ports'],
  'runner/serviceVariables': ['common', 'runner/ports'],

  action: ['common', '@i2kit/review', node],

  cli: [
    'common',
    '@i2kit/compiler',
    '@i2kit/compiler/fields',
    'cli/bundles',
    'cli/commands',
    'cli/comparison',
    'cli/config',
    'cli/generated',
    'cli/help',
    'cli/input',
    'cli/output',
    'cli/ports',
    'yargs-parser',
    'yargs',
    node,
  ],
  // Everything above the line is in the first bundle; what follows is loaded by the commands that need it.
  'cli/comparison': ['common', 'cli', 'cli/config', 'cli/input', 'cli/output', 'cli/ports', '@i2kit/compiler', node],
  'cli/config': [
    'common',
    'cli',
    'cli/generated',
    'cli/input',
    'cli/output',
    'cli/ports',
    '@i2kit/compiler',
    'yaml',
    node,
  ],
  'cli/generated': [],
  'cli/help': ['common', 'cli', 'cli/output', 'yargs', 'yargs-parser'],
  'cli/input': ['common', 'cli', '@i2kit/compiler', node],
  'cli/output': ['common', 'cli', 'cli/input', 'cli/ports', '@i2kit/compiler', 'yaml', node],
  'cli/ports': [
    'common',
    'cli',
    'cli/bundles',
    'cli/config',
    'cli/output',
    '@i2kit/compiler',
    '@i2kit/review',
    '@i2kit/runner',
  ],
  'cli/aws': [
    'common',
    'aws',
    'cli',
    'cli/config',
    'cli/output',
    'cli/ports',
    'cli/review',
    '@i2kit/compiler',
    '@i2kit/runner',
    sdk,
    node,
  ],
  'cli/review': ['common', 'cli', 'cli/aws', 'cli/output', 'cli/ports', '@i2kit/runner', 'yaml', node],
  'cli/image': [
    'common',
    'aws',
    'cli',
    'cli/aws',
    'cli/config',
    'cli/output',
    'cli/ports',
    '@i2kit/compiler',
    '@i2kit/compiler/image',
    '@i2kit/image',
    '@i2kit/runner',
    sdk,
    node,
  ],
  'cli/commands': [
    'common',
    'aws',
    'cli',
    'cli/aws',
    'cli/comparison',
    'cli/config',
    'cli/help',
    'cli/image',
    'cli/input',
    'cli/output',
    'cli/ports',
    'cli/review',
    '@i2kit/compiler',
    '@i2kit/image',
    '@i2kit/runner',
    sdk,
    node,
  ],
  'cli/bundles': [
    'common',
    'cli/aws',
    'cli/commands',
    'cli/image',
    'cli/ports',
    '@i2kit/review',
    '@hpcc-js/wasm-graphviz',
  ],
};

/** Emitters do not import each other either. */
const isolated = new Set(['compiler/4-emit/aws/emitters']);

const units = Object.keys(boundaries).sort((a, b) => b.length - a.length);

/** The unit of the allow-list that holds a path from the root, or a package's name as npm has it. */
export function unitOf(path) {
  const [, name, rest] = /^packages\/([^/]+)\/src\/(.*)$/.exec(path) ?? [];
  if (name === undefined) return packageOf(path);
  const full = `${name}/${rest}`;
  return units.find((unit) => unit.includes('/') && full.startsWith(`${unit}/`)) ?? name;
}

function packageOf(specifier) {
  if (specifier === '@i2kit/common' || specifier === '@i2kit/aws') return specifier.slice('@i2kit/'.length);
  if (specifier.startsWith('@i2kit/') || specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const matches = (pattern, unit) => (pattern.endsWith('*') ? unit.startsWith(pattern.slice(0, -1)) : pattern === unit);

/** Whether files of a unit may import what another unit, or package, holds. */
export function allows(from, to) {
  if (from === to) return !isolated.has(from);
  return (boundaries[from] ?? []).some((pattern) => matches(pattern, to));
}

/** The imports that the allow-list does not have, each as `file:line imports target`. */
export function violations(imports) {
  return imports
    .filter(({ file, target }) => boundaries[unitOf(file)] === undefined || !allows(unitOf(file), unitOf(target)))
    .map(({ file, line, specifier }) => `${file}:${line} may not import '${specifier}' (scripts/boundaries.mjs)`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = violations(importsOf(join(import.meta.dirname, '..')));
  for (const each of found) process.stderr.write(`${each}\n`);
  if (found.length > 0) process.exitCode = 1;
}
